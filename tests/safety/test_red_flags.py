"""The red-flag rules: classic signs alarm at their level, ordinary questions do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety.red_flags import RedFlags

RULES = RedFlags.from_file(Path("facts/red_flags.yml"))

EMERGENCY = [
    "my legs are numb",
    "my legs went numb this morning",
    "both my legs feel dead",
    "I can't feel my feet since the procedure",
    "i cant feel my legs",
    "my legs are nub and i cant move them",
    "I have no feeling below the waist",
    "mom says she can't feel her legs anymore",
    "my legs won't move",
    "my legs gave out and I can't get up",
    "dad cannot lift his leg since last night",
    "my legs are weak and keep buckling",
    "she no can move legs",
    "two leg no have force",
    "my legs feel like jelly and won't hold me",
    "I can't walk anymore",
    "he is suddenly unable to stand",
    "my husband can't walk since this morning",
    "I am paralyzed from the waist down",
    "fever none. feeling when wiping, none",
    "I feel nothing when I wipe",
    "my bottom is numb",
    "numb between my legs since yesterday",
    "I can't feel the toilet seat",
    "my groin has gone numb",
    "I wet myself and didn't feel it",
    "I lost control of my bladder",
    "she can't hold her urine since the surgery",
    "he pooped in his pants and did not notice",
    "I have no bowel control since last night",
    "I can't pee since yesterday",
    "i cant pee at all",
    "grandpa hasn't peed since the operation",
    "unable to urinate for 12 hours",
    "I have chest pain",
    "i have chest pian",
    "my chest feels tight and I'm sweating",
    "there is pressure in my chest",
    "an elephant is sitting on my chest",
    "my wife has crushing chest pain going down her left arm",
    "Thanks for the hours. My chest hurts though.",
    "I can't breathe",
    "i cant brethe",
    "she cannot catch her breath",
    "dad is gasping for air",
    "I am short of breath since this morning",
    "having trouble breathing after the cement",
    "his lips are blue",
    "her oxygen is 82",
    "he can't finish a sentence",
    "he is coughing up blood",
    "I coughed up blood twice today",
    "pink froth when I cough",
    "she is vomiting blood",
    "her face is drooping",
    "one side of my face is numb",
    "his mouth hangs down on one side",
    "her speech is slurred",
    "he suddenly can't speak",
    "my husband is talking gibberish",
    "my right arm is weak and I dropped my cup",
    "I can't move my left arm",
    "my left side went numb",
    "mom is suddenly confused",
    "she doesn't know where she is",
    "he doesn't recognize me anymore",
    "suddenly I can't see out of my left eye",
    "the worst headache of my life came on suddenly",
    "I think I'm having a stroke",
    "am I having a heart attack",
    "this feels like a heart attack",
    "my wife passed out",
    "he collapsed in the kitchen",
    "I fainted in the bathroom",
    "she is unresponsive",
    "we can't wake him up",
    "I can't wake my mother",
    "he is having a seizure",
    "she had a seizure ten minutes ago",
    "my throat is closing",
    "my tongue is swelling up",
    "her face and lips are swollen",
    "I am having an allergic reaction",
    "hives all over and I can't breathe",
    "the bleeding won't stop",
    "blood is pouring from my back",
    "I'm bleeding heavily from the incision",
    "blood has soaked through three towels",
    "I took too many pain pills",
    "mom took her oxycodone twice by mistake",
    "he swallowed the whole bottle of pills",
    "I think I overdosed",
    "my grandson swallowed my pain pills",
    "Can I shower tomorrow? Also my legs are numb.",
    "What are your hours? my husband can't breathe",
    "is it normal that I can't move my legs",
    "my daughter is typing for me, I have chest pain",
    # beside words that take other signs back
    "what to do, my husband passed out",
    "not speaking and his face droops",
    "my dog barked and that is how I found dad, he is not breathing",
    "tripped over the cat this morning, can't move my legs",
    "in the movie theater my husband collapsed",
    "my face is numb like I've been to the dentist",
    "she is hard of hearing but now her speech is slurred too",
    "numb legs from the epidural they gave for the cement, still not back",
    "I wet myself laughing but I didn't feel it",
    "how much blood is too much, it has soaked two towels",
    "my legs shake and kick by themselves",
    "out cold in the hallway",
    "no feeling from the hips on down",
]

URGENT = [
    "I have a fever",
    "i have a feaver of 102",
    "my temperature is 101.5",
    "mom has chills and is shaking",
    "dad is burning up",
    "fever of 38.9 since yesterday",
    "the wound is red and hot",
    "my incision is oozing",
    "pus is coming out of the hole",
    "her wound smells bad",
    "the stitches came open",
    "my incison is swolen",
    "I felt a crack in my back and now it hurts terribly",
    "sudden severe back pain since this morning",
    "my back pain is much worse since the procedure",
    "new severe pain in my back since last night",
    "heard a pop in my back",
    "my toes are tingling since the procedure",
    "pins and needles in my foot",
    "slight weakness in my left leg since yesterday",
    "my calf is swollen and warm",
    "one leg is bigger than the other, swollen since Friday",
    "my wife's calf is red and sore",
    "it is hard to pee since the procedure",
    "only a few drops come when I pee",
    "my urine stream is weak since the surgery",
    "I keep throwing up",
    "she can't keep anything down",
    "he has been vomiting all day",
    "I fell this morning",
    "mom fell down after the procedure",
    "he slipped in the shower yesterday",
    "I tripped and landed on my back, I had the cement last week",
    "dad fell out of bed last night",
    "shooting pain down my leg since the procedure",
    "burning pain around my ribs since the cement",
    "I broke out in hives since the dye",
    "When can I drive? I have a fever by the way.",
    "it says 102 on the thermometer",
    "my grandson says I have a fever of 102",
    "my incision is hot, swollen and tender",
    "she brings up even water",
]

CRISIS = [
    "I want to die",
    "i want to kill myself",
    "i wanna die",
    "I'm thinking of ending my life",
    "I am going to end it all",
    "I don't want to live anymore",
    "I no want live",
    "my father says he wants to die",
    "my mother is suicidal",
    "everyone would be better off without me",
    "I wish I was dead",
    "I wish I would not wake up",
    "there is no reason to go on living",
    "I have been saving up my pills to end it",
    "I'm going to hang myself",
    "he said he is going to shoot himself",
    "I feel like hurting myself",
    "I cut myself on purpose",
    "life is not worth living",
    "I want to be with my dead husband in heaven",
    "I am going to kill my doctor",
    "Is parking free? I want to kill myself.",
    "I don't want to live in this pain anymore",
    "goodbye, take care of my cat",
    "I choose to die",
    "I am praying for a heart attack",
]

NO_ALARM = [
    "",
    "hello",
    "thanks",
    # in general
    "can cement leakage cause paralysis?",
    "can kyphoplasty cause numb legs?",
    "could the cement go to the lungs?",
    "can it cause a stroke?",
    "what are the risks of bleeding?",
    "how often do people get an infection?",
    "is chest pain a risk of vertebroplasty?",
    "is paralysis a possible complication?",
    "what is the infection risk?",
    "how likely is nerve damage?",
    "does the procedure cause leg weakness?",
    "are blood clots common afterwards?",
    "can people become incontinent after it?",
    "does kyphoplasty raise the risk of a heart attack?",
    "which signs of infection should I watch for?",
    "what are symptoms of a stroke?",
    "do patients get a fever after vertebroplasty?",
    "is trouble breathing a side effect of sedation?",
    "can the dye cause hives?",
    "is weakness in the legs a symptom of a fracture?",
    "will my back be numbed",
    "do they numb the skin?",
    "can I be paralyzed by this?",
    "are there cases of death?",
    # denied
    "no chest pain, just asking about recovery",
    "I have no fever, when can I shower?",
    "no numbness, no weakness, just sore",
    "I don't have trouble breathing, only a question about hours",
    "my legs are not numb",
    "she denies chest pain",
    "he never had a stroke",
    "I am not suicidal, just tired",
    "I don't want to die, I want my back fixed",
    "no bleeding, no fever, no pus",
    "without any fever or chills",
    # long past
    "my dad had a stroke 10 years ago, can he have it?",
    "I had a heart attack in 2009, is it safe for me?",
    "I had a seizure as a child, can I be sedated?",
    "history of chest pain, is anesthesia safe?",
    "I used to have numb feet",
    "my mother fell two years ago",
    "I fell in March and broke my spine, can cement help?",
    "previously had a blood clot, may I have this?",
    "I had an allergic reaction to penicillin in 1998",
    "he has had numb feet for years from diabetes",
    "I've had neuropathy all my life",
    "when I was young I fainted at needles",
    # hypothetical
    "what happens if I get a fever after it?",
    "if my legs go numb, whom do I call?",
    "what should I do if I have chest pain?",
    "when should I call about bleeding?",
    "should I call if the wound is red?",
    "what if I can't pee afterwards?",
    "suppose I fall at home, will the cement break?",
    "if I cannot walk the next day, is that normal?",
    "in case of trouble breathing, where do I go?",
    "how would I know if I had an infection?",
    # other people, news
    "I read about a man who was paralyzed by cement",
    "my neighbor had a stroke after surgery, is that common?",
    "I saw on the news that someone died from it",
    "a friend of mine got an infection after his",
    "the brochure says bleeding can happen",
    "I heard people can't walk after this",
    "someone on the internet had chest pain after it",
    # feared
    "I'm afraid of being paralyzed",
    "I'm scared of losing control of my bladder",
    "my main worry is a stroke",
    "I am worried about getting an infection",
    "mom is terrified of ending up unable to walk",
    # meaning
    "what does incontinence mean?",
    "what is sepsis?",
    "explain cauda equina",
    "what is an embolism?",
    # manner of speaking
    "it's killing me to wait",
    "this wait is killing me",
    "I'm dying to know the price",
    "the bill almost gave me a heart attack",
    "scared to death of needles",
    "I laughed so hard I couldn't breathe",
    "my back is killing me, can you help?",
    "I have cold feet about the surgery",
    "I'd kill for a good night's sleep",
    "a pain in the neck, this paperwork",
    "that's a weight off my chest",
    "I'm dead tired",
    "I held my breath waiting for the scan",
    # over
    "my fever is gone now, can I shower?",
    "the numbness went away, when can I drive?",
    # ordinary
    "how long does it take?",
    "how soon can I walk after it?",
    "when can I go back to golf?",
    "I can't walk far because my back hurts, would this help?",
    "I can't stand long without pain",
    "is it painful?",
    "will I be asleep?",
    "do I need a driver",
    "my mother is 82, is she too old?",
    "is there a blood test before?",
    "can I take my blood thinner?",
    "I take blood pressure pills, is that ok?",
    "what is the cement made of?",
    "how much pain relief can I expect?",
    "where is the clinic?",
    "my back hurts a lot when I stand, is this for me?",
    "I have weak bones",
    "I have a compression fracture at L1",
    "the fracture collapsed my vertebra, can it be lifted?",
    "how big is the incision?",
    "what do I do with the bandage?",
    "can I get the wound wet in the shower?",
    "I'm confused about the two procedures",
    "the word burden is unclear, what is disease burden?",
    "how many pills will I need after it?",
    "do I keep taking my bone medicine?",
    "should I stop drinking before the procedure?",
    "stop eating at midnight?",
    "can I lie on my stomach?",
    "what can I do about my posture?",
    "I am 101 years old",
    "room 102, which floor?",
    # asked about, not reported
    "if it bleeds, is it a lot",
    "is fever something they warn of",
    "pus ever?",
    "numb legs from the cement, is it a myth",
    "has anybody ended up incontinent",
    "what do they mean by foul drainage",
    "when somebody's legs go weak after, what do people do about it",
    "could it leave my foot numb",
    "tell me which of these needs a call: fever, redness, numbness",
    # old, stable, or healed
    "when they did my knee the leg was numb for two days, is it the same here",
    "my legs were dead for hours after the epidural when I had my babies",
    "a stroke in 2015 left my arm useless, can I lie on my front",
    "swollen ankles, I've had those since my forties",
    "gasping and wheezing every spring from the pollen",
    # not a person, or not lived
    "our dog can't get up on his back legs, the vet says it is a disc",
    "a skier on the Olympics couldn't feel her legs",
    "memory foam or a spring mattress",
    # manner of speaking
    "is it a gun they use to fire the cement in",
    "I have trouble hearing, so please speak up",
    "my speech is funny, it's the dentures",
    "do I alternate hot and cold on it",
    "choking on the price",
    "my head is spinning from that answer",
    "she beats me at rummy",
    "passed out candy at Halloween with my brace on",
    "my foot fell asleep waiting on hold",
    "being cut open gives me the shakes",
    "can't wait to walk my dog again",
]

# What takes a sign back, and beside each kind what must alarm all the same.
SILENCED = {
    "years that are over": [
        "my toes went numb from the sugar about 1998, they are the same today",
        "polio left me with a weak leg in '52, can I have this",
        "I couldn't catch my breath in those days when I smoked, is sedation safe",
        "fainted in church back in '71 when I was expecting, does this hurt",
        "thirty five years ago I had a disc out and couldn't feel my foot, is this less risky",
        "I had a stroke and couldn't speak, that's eleven years ago. Can I be sedated?",
        "short of breath on hills since Nixon, is it local or general",
        "since the war my left hand has been useless, how long does it take",
        "fell off a horse in high school, legs went numb. Does that matter?",
        "I bled a lot having my babies, is bleeding common",
    ],
    "old and known": [
        "numb feet for years and years, what size is the cut",
        "wheezing always. is there a mask",
        "numb legs, decades, nobody knows why. where is the office",
        "weak right arm, old stroke, how long is recovery",
        "I was born with spina bifida, so my feet are numb. Am I a candidate?",
        "for many years I wet my pants when I laugh, will I be awake",
        "he doesn't know what year it is, hasn't in six years, may he have visitors",
        "she asks the same question ten times an hour, that is her normal",
    ],
    "over": [
        "had the shakes and a fever in March, long since over. When is followup?",
        "could hardly stand at Easter, can now. Is therapy needed?",
        "my legs gave out in the hospital, that's all behind me. Can I garden?",
        "I couldn't breathe for the pain. It settled down to an ache. Is it too late?",
        "I had a clot in my leg after the hip. Never again since. Is that a risk?",
    ],
    "supposed": [
        "suppose I get home and I have a fever and the wound is oozing, who answers at night",
        "imagine it's Sunday and my leg is numb and nobody picks up, what then",
        "pretend I'm on the table and I can't breathe, what do they do",
        "heaven forbid the needle slips and I can't move my legs. How often is that?",
        "if there's bleeding or I can't pee, who comes",
        "if, after the operation, my legs are numb, whom do I call",
        "if after the operation there is fever, whom do I call",
        "what if they are halfway in and I faint",
        "what if I wake up and there's no feeling in my feet",
        "I keep picturing myself unable to walk. Is that a real risk?",
        "I had a dream that my legs wouldn't move. Does that happen to people?",
        "I have this image of my knees folding under me, how soon do people walk",
    ],
    "feared": [
        "afraid my legs won't hold me afterwards, how soon do people walk",
        "I'm afraid it'll finish me off or leave me paralyzed",
        "I'm scared the cement will leak and leave my legs numb",
        "I'm scared if I wait the bone will pinch something and my legs won't work",
        "terrified that one morning I'll wake up and can't pee",
    ],
    "a carer's worry": [
        "I don't want to overlook a fever or a red wound, are there instructions",
        "I'd hate to miss something like a weak leg or a fever",
        "what should I keep my eyes open for, fever, pus, numb legs",
    ],
    "a list of risks": [
        "every bad thing that could go wrong, please: bleeding, numb legs, a stroke, the lot",
        "give me all the possible disasters, the bleeding, the paralyzed legs, the clots",
        "Clots, dead legs, bleeding. Which of those are true risks?",
        "is wetting yourself something that happens afterwards",
        "has anyone ever stopped breathing from the sedation",
        "fever and weakness being warning signs, is there more",
    ],
    "what others publish": [
        "the package insert for my bone pills lists jaw pain, chest pain and trouble breathing",
        "the flyer for my water pill mentions fainting and confusion",
        "my encyclopedia says a broken vertebra can leave the legs weak",
        "a podcast my son likes told about a man with numb legs",
        "channel seven did a story about swollen legs and clots after flights",
        "I'm writing a mystery and the butler stops breathing, ideas for a title?",
    ],
    "misheard": [
        "my tablet wrote I can't feel my legs, I said I can feel my legs",
        "autocorrect changed it to chest pain, I meant chess game",
        "no, I am breathing fine, wrong answer",
        "there is not the fever, there is not the pus, just want the hours",
        "he has not the numb legs, he has not the fever. May he travel?",
    ],
    "a word": [
        "syncope. what kind of word is that",
        "I saw the word incontinence on the form, what is it",
        "define anaphylaxis",
        "does pyrexia mean having a fever or the shakes",
        "is strangling the same as choking",
        "nine letters, cannot breathe, begins with a s",
        "hemoptysis and dyspnea, can you translate these",
    ],
    "a manner of speaking": [
        "we all have football fever at the home",
        "the surgeon's girl threw up her hands at my form",
        "I'm paralyzed by too many choices, which one is better?",
        "your price! I choked on my coffee",
        "I would sooner swallow a frog than lie on my belly",
        "I overdosed on birthday cake",
        "why did they hand me the suicide line, I only asked the hours",
    ],
    "denied in few words": [
        "feet fine, fever none",
        "nary a fever",
        "were my legs ever to quit, what then",
        "Neg for fever/chills, wound CDI",
        "numbness nil, fever nil",
        "the nurse asked me about chest pain and I told her I have none",
    ],
    "occasions long past": [
        "Fainted at my own graduation.",
    ],
    "a mere thought": [
        "I get the shakes whenever I think of it",
    ],
    "more manners of speaking": [
        "the old truck chokes and dies at every stop sign",
        "my hearing aid went through the wash with the towels",
        "my wife has stopped speaking to both doctors",
        "our dachshund crushed a vertebra jumping off the sofa",
        "fewer pills afterwards? moving easier?",
        "injecting foam under a sunken sidewalk",
        "That consent form scared the daylights out of me",
        "did the fax come through on your end this morning",
        "my mother lived to a hundred and one",
        "she won't eat her supper and sits wringing her hands",
        "I can't go on wearing this brace",
    ],
}
STILL_TOLD = {
    "years that are over": [
        "had numb legs in 2009 and now they are numb again",
        "numb legs again, had that in 2009",
        "twenty years ago I fell, my legs are numb",
        "in 2010 I broke my hip, I can't feel my legs",
        "twenty years ago I had a clot, now my calf is swollen",
        "I had polio in 1950. This morning I couldn't stand.",
        "when I had my kids I bled a lot and I'm bleeding a lot now",
        "when I was in school I fainted, and today I fainted again",
        "my legs went numb about 8 hours ago",
    ],
    "old and known": [
        "for years I had weak legs but since this morning I cannot stand at all",
        "for years I was fine, I can't feel my legs",
        "for years I have leaked a bit, now my bottom is numb too",
        "she's had Alzheimer's for years but since an hour ago she cannot speak",
        "I was born with cerebral palsy and since last night my legs won't move",
        "my left arm is weak, I had an old stroke",
        "old stroke, but his speech is slurred since breakfast",
        "no different today, my legs are still dead",
        "she is confused and that is not her normal",
    ],
    "over": [
        "my legs are numb. It is half past three",
        "the bandage is soaked. It eased off then started again",
        "he couldn't pee at noon, can now only dribble and his legs are weak",
        "the pain settled down but I can't pee",
    ],
    "supposed": [
        "what if I never walk again, because my legs ARE numb",
        "what if it is a clot, my calf is swollen",
        "what if it's the cement and my legs are numb from it",
        "what if they have to come and get me, I can't breathe",
        "what if something happened, he is not breathing",
        "he slipped on the soap and can't move his legs",
        "God forbid it's a stroke, his face droops and he can't talk",
        "I suppose I'm having a stroke",
        "I imagine my wound is infected, it is oozing pus",
        "suppose I should tell you my legs are numb since last night",
        "let's say it plain, I can't feel my legs",
        "say, my legs are numb",
        "if I stand up my legs buckle and I can't feel my feet",
        "tell me if the cement has latex, my wife is gasping",
        "I have a picture of the wound, it is oozing",
        "I see myself in the mirror and one side of my face droops",
        "I keep imagining things and my chest hurts",
    ],
    "feared": [
        "I'm scared my legs won't move and I can't feel them",
        "I'm afraid I will kill myself",
        "I'm afraid he will kill himself",
        "I'm scared, I woke up one day and my legs won't go",
        "I'm afraid they will have to come, I can't feel my legs",
    ],
    "a carer's worry": [
        "I'm afraid I'd miss something, she has a fever",
        "he can't keep his eyes open for a minute and is confused",
    ],
    "a list of risks": [
        "my legs are numb and I have fever. Which of these are serious?",
        "everything has gone wrong, I can't move my legs",
        "is this numbness in my legs something that happens",
        "I have no feeling in my legs, is that a thing that happens",
    ],
    "what others publish": [
        "the flyer says call if legs go numb. Mine went numb tonight",
        "I read the brochure and my chest hurts",
        "he put the newspaper down and said his chest hurts",
        "in front of the television he collapsed",
        "we watch tv and he has chest pain",
        "during the sermon he had a seizure",
    ],
    "misheard": [
        "my daughter's phone is typing for me, I can't breathe",
        "my phone typed this for me because I can't breathe",
        "I said to the nurse I can't feel my legs and she said wait",
    ],
    "a word": [
        "fainted this morning. what is the word for that",
        "face droop and slurred speech. what does that mean",
        "is the word for it paralysis? I can't move my legs",
        "dad stroke",
        "six letters came from the clinic and I can't feel my legs",
        "is it the same as last time, I can't breathe right now",
    ],
    "a manner of speaking": [
        "she threw up on her hands and the bed, five times since last night",
        "paralyzed by a stroke this morning",
        "I choked on my pill and I can't breathe",
        "they jumped off a bridge and I will too",
        "the suicide line did not help, I still want to die",
        "she woke up paralyzed",
    ],
    "denied in few words": [
        "my legs were numb and now they quit",
        "fever, and no one can get it down",
        "denies CP. complains of numb legs since noon",
        "my legs are numb and no longer move",
        "the nurse asked me about my chest, it hurts and I can't breathe",
    ],
    "somebody who died": [
        "since my late husband died I want to die too",
    ],
    "a word looked up": [
        "my legs are numb, what does that mean",
    ],
    "asked in few words": [
        "my throat is closing, what are the chances",
    ],
    "occasions long past": [
        "I fainted at her wedding yesterday",
    ],
    "a mere thought": [
        "I have the shakes and a fever",
    ],
    "more manners of speaking": [
        "she is not breathing well",
        "he isn't breathing easy",
        "the pain went down my leg and burns since the cement",
        "I can't walk no more",
        "he can't hold his water no more",
        "i cant breathe no more",
        "she don't feel her legs no more",
        "legs work no longer",
        "in the truck he chokes and turns blue",
        "ate tomatoes and now choking",
        "I don't know if he is conscious or unconscious",
        "mom collapsed her walker flew off",
        "dressing had to be changed five times it is soaked with blood",
        "I go weak in the knees when I stand up",
        "ever since the operation I just wish it was over",
        "there are fewer pills in the bottle, she took too many",
        "numb legs since Monday, why did it happen",
        "chest pain since noon, what are my chances",
        "numb legs, what does that mean",
        "chest pain and short of breath, what does it mean",
        "numb legs after they fixed it with surgery",
        "pt denies CP, c/o numb legs since noon",
        "denies CP, reports numb legs",
        "my late wife had this, mom collapsed",
        "numb legs, scary when I think about it",
        "my wife stopped speaking to me an hour ago and just stares",
        "his arm hangs free",
        "my head spins like a top since the procedure",
        "she looks at her chest, it hurts",
        "I went down in the kitchen after the procedure",
        "he collapsed with his umbrella in his hand",
        "I am choking in the truck",
        "she bled through the towels",
        "he has stopped speaking and one arm hangs",
        "I keep thinking of jumping off the bridge",
        "if I took all the pills it would be easier",
        "there is pink foam at his mouth",
        "I scared my wife, I said I would kill myself",
        "I want to end this",
        "I can't go on",
        "a temperature of a hundred and one",
    ],
}

# What somebody writes, and what they write next.
TURNS = [
    ("Is numbness a risk?", "It is happening to me", {"urgent", "emergency"}),
    ("my legs", "they went numb", {"emergency"}),
    ("I want to ask about my chest", "it hurts a lot", {"emergency"}),
    ("can the wound get infected?", "mine is red and oozing", {"urgent"}),
]

ORDINARY = [
    "How long does the procedure take?",
    "What are your hours?",
    "Do I need a driver?",
    "Will I be asleep for it?",
    "What is the cement made of?",
    "When can I shower?",
    "Is it covered by Medicare?",
    "How soon can I go back to gardening?",
    "Which one is better, kyphoplasty or vertebroplasty?",
    "Can cement leakage cause paralysis?",
    "What happens if I get a fever?",
    "Thank you for the answer.",
]

_ALARMS = [
    *((text, "emergency") for text in EMERGENCY),
    *((text, "urgent") for text in URGENT),
    *((text, "crisis") for text in CRISIS),
]


@pytest.mark.parametrize(("text", "level"), _ALARMS)
def test_alarms_at_its_level(text: str, level: str) -> None:
    alarm = RULES.assess(text)
    assert alarm is not None
    assert alarm.level == level
    assert alarm.rule_ids


@pytest.mark.parametrize("text", NO_ALARM)
def test_ordinary_message_does_not_alarm(text: str) -> None:
    assert RULES.assess(text) is None


def _cases(kinds: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, texts in kinds.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), _cases(SILENCED))
def test_context_takes_a_sign_back(kind: str, text: str) -> None:
    assert RULES.assess(text) is None, kind


@pytest.mark.parametrize(("kind", "text"), _cases(STILL_TOLD))
def test_context_takes_nothing_back_that_is_so_now(kind: str, text: str) -> None:
    assert RULES.assess(text) is not None, kind


@pytest.mark.parametrize(("before", "now", "levels"), TURNS)
def test_two_messages_make_a_sign_together(before: str, now: str, levels: set[str]) -> None:
    assert RULES.assess(before) is None
    alarm = RULES.assess(now, previous=before)
    assert alarm is not None
    assert alarm.level in levels


# Two questions that have words of one sign between them.
APART = [
    ("how long is the cut", "is it easier than the old open back surgery"),
    ("is a stroke one of the things that can go wrong", "what does vcf mean"),
    ("can a fall crush a bone in the spine", "which bones break the most"),
]


@pytest.mark.parametrize(("before", "now"), APART)
def test_two_questions_make_no_sign_together(before: str, now: str) -> None:
    assert RULES.assess(now, previous=before) is None


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_question_after_an_alarm_does_not_alarm_again(text: str) -> None:
    assert RULES.assess(text, previous="my legs are numb") is None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(_ALARMS),
    st.sampled_from(ORDINARY),
    st.booleans(),
    st.sampled_from([" ", "\n", " By the way. ", "  "]),
)
def test_an_ordinary_question_beside_it_takes_no_alarm_away(
    alarm: tuple[str, str], question: str, behind: bool, gap: str
) -> None:
    text = alarm[0] if alarm[0][-1] in ".?!" else f"{alarm[0]}."
    both = f"{text}{gap}{question}" if behind else f"{question}{gap}{text}"
    assert RULES.assess(both) is not None
