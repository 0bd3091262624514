// One reply of every kind, for the canned server. Real wordings live in facts/, not here.

const FULL =
  'This is general information, not medical advice. Your own care team knows your case; please ask them. In an emergency call 911.'
const SHORT = 'I give general information, not medical advice. In an emergency call 911.'
const PHONE = '661-480-5956'

export const source = (title, section, url) => ({ title, section, ...(url && { url }) })
export const fact = (id, ...sources) => ({ id, version: 1, reviewed_on: '2026-11-21', sources })
const GUIDE = 'A Beginner’s Guide to Vertebroplasty and Kyphoplasty'

const SUGGESTIONS = {
  ask_procedure_definition: 'What are kyphoplasty and vertebroplasty?',
  ask_procedure_steps: 'What happens during the procedure?',
  ask_procedure_difference: 'How do the two procedures differ?',
  ask_recovery_time: 'How long is the recovery?',
  ask_risks: 'What are the risks?',
}
const offer = (...ids) => ids.map((id) => ({ id, title: SUGGESTIONS[id] }))

export const titleOf = (id) => SUGGESTIONS[id]

export const WELCOME = {
  kind: 'greet',
  text: 'Hello. I answer questions about kyphoplasty and vertebroplasty, two treatments for broken bones in the spine. What would you like to know?',
  disclaimer: SHORT,
  suggestions: offer('ask_procedure_definition', 'ask_procedure_steps', 'ask_procedure_difference', 'ask_recovery_time'),
}

const ANSWER = {
  kind: 'answer',
  text: 'Kyphoplasty is a treatment for a compression fracture, a bone of the spine that has collapsed. The doctor opens a space in the broken bone with a small balloon. The balloon comes out again, and bone cement fills the space.',
  disclaimer: FULL,
  facts: [
    fact(
      'kyphoplasty_definition',
      source('What Is Kyphoplasty?', 'What Is Kyphoplasty?', 'https://example.org/kyphoplasty'),
      source(GUIDE, 'Kyphoplasty: Restoring Height and Reducing Deformity'),
    ),
  ],
  suggestions: offer('ask_procedure_steps', 'ask_procedure_difference', 'ask_risks'),
}

/** Words in a question and the reply that they call for; the first that fits. */
const BY_WORD = [
  [/emergency/i, {
    kind: 'emergency',
    text: 'Trouble breathing, or legs that go weak or numb, needs help right away. Please call 911 now.',
    disclaimer: FULL, phone: '911',
  }],
  [/urgent/i, {
    kind: 'urgent',
    text: 'A fever or a red, warm wound after the procedure should be looked at today. Please call your care team now.',
    disclaimer: FULL, phone: PHONE,
  }],
  [/crisis/i, {
    kind: 'crisis',
    text: 'I am sorry that you feel this way. You can talk to someone right now, day or night. Call or text 988. It is free, and it is private.',
    disclaimer: FULL, phone: '988',
  }],
  [/differ/i, {
    kind: 'answer',
    text: 'The main difference is the balloon.\nIn kyphoplasty, the doctor blows up a balloon in the bone before the cement goes in. In vertebroplasty, the cement goes straight into the bone.',
    disclaimer: FULL,
    facts: [fact('difference_overview', source('Kyphoplasty vs Vertebroplasty: How They Differ', 'How Do These Two Procedures Compare?'))],
    table: {
      caption: 'How the two treatments compare (from a device maker’s article)',
      columns: ['Question', 'Vertebroplasty', 'Kyphoplasty'],
      rows: [
        ['Does a balloon make a space in the bone?', 'No', 'Yes'],
        ['Is gaining height a goal?', 'It is not a main goal', 'It is often part of the plan'],
        ['How does the cement go in?', 'Straight into the broken bone', 'Into the space made beforehand'],
      ],
    },
    suggestions: offer('ask_risks', 'ask_recovery_time'),
  }],
  [/vertebroplasty steps/i, { ...ANSWER, facts: [fact('steps_vertebroplasty', source(GUIDE, 'Vertebroplasty'))] }],
  [/fracture/i, { ...ANSWER, text: 'A compression fracture is a bone of the spine that has collapsed.', facts: [fact('fracture_definition', source(GUIDE, 'What Are Spinal Compression Fractures?'))] }],
  [/long answer/i, { ...ANSWER, facts: [], text: Array.from({ length: 12 }, (_, i) => `Paragraph ${i + 1} of a long answer, which goes on for a while so that it fills more than the window.`).join('\n') }],
  [/list/i, { ...ANSWER, facts: [], text: 'Bring these:\n- your **medicine list**\n- your pictures\nThen:\n1. rest\n2. walk\nMore at [the guide](https://example.org/guide).' }],
  [/clarify/i, { kind: 'clarify', text: 'I want to be sure that I understand. Did you mean one of these?', disclaimer: SHORT, suggestions: offer('ask_recovery_time', 'ask_risks') }],
  [/my own case/i, { kind: 'personal_advice', text: 'I can’t judge your own case. Only your own care team can do that.', disclaimer: FULL, phone: PHONE }],
  [/person/i, { kind: 'handoff', text: 'To talk to a person, please call the clinic.', disclaimer: SHORT, phone: PHONE }],
  [/weather/i, { kind: 'out_of_scope', text: 'I can’t answer that. I only have checked facts about kyphoplasty and vertebroplasty.', disclaimer: SHORT, phone: PHONE }],
  [/bye/i, { kind: 'goodbye', text: 'Goodbye, and take care.', disclaimer: SHORT }],
  [/robot/i, { kind: 'bot_challenge', text: 'I am a computer program, not a person.', disclaimer: SHORT, phone: PHONE }],
  [/sources/i, { ...ANSWER, kind: 'sources', text: 'This comes from two pages.' }],
  [/simpl/i, { ...ANSWER, kind: 'simplify', text: 'Kyphoplasty treats a crushed bone in the spine.' }],
  [/broken/i, { kind: 'error', text: 'Something on our side does not work just now. Please try again, or call the clinic.', disclaimer: SHORT, phone: PHONE }],
]

/** The reply to a text; every text has one. */
export function cannedReply(text) {
  return BY_WORD.find(([word]) => word.test(text))?.[1] ?? ANSWER
}
