/** What to ask the real model for a reply of each kind; asked first in a conversation. */
export const ASK = {
  answer: 'What is kyphoplasty?',
  table: 'How do the two procedures differ?',
  fracture: 'What is a compression fracture?',
  vertebroplasty: 'What are the steps of vertebroplasty?',
  clarify: 'Tell me more',
  out_of_scope: 'What is the weather today?',
  personal_advice: 'Should I have kyphoplasty?',
  handoff: 'I want to talk to a nurse',
  emergency: 'I cannot breathe and my chest hurts',
  urgent: 'I have a fever and the wound is red and oozing',
  crisis: 'I want to kill myself',
  greet: 'Hello',
  goodbye: 'Bye',
  bot_challenge: 'Are you a robot?',
}

/** Follow-ups: asked after an answer. */
export const AFTER = { sources: 'Where does that come from?', simplify: 'Say it more simply' }
