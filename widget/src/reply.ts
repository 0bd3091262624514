import { alarmHeading, alarmOf, callsOf, clinicPhone } from './alarm'
import type { Question, Reply } from './contract'
import { h } from './dom'
import { feedbackOf } from './feedback'
import { AUTO, markdown } from './markdown'
import { picturesOf } from './pictures/pictures'
import { sourcesOf } from './sources'
import type { Strings } from './strings'
import { suggestionsOf } from './suggestions'
import { tableOf } from './table'

/** Replies that say something which can help or not; the others ask for no rating. */
const RATED = ['answer', 'simplify', 'sources', 'clarify', 'out_of_scope', 'personal_advice']

/** What a shown turn needs of the chat around it. */
export interface Surroundings {
  strings: Strings
  language: string
  ask(question: Question): void
  rate(reply: string, helpful: boolean): Promise<boolean>
  /** Pictures shown before: one that comes again is folded. */
  seenPictures: Set<string>
}

/** The patient's own words, as plain text. */
export function patientTurn(text: string, strings: Strings): HTMLElement {
  return h('div', { class: 'turn patient' }, h('h3', { class: 'who' }, strings.you), h('p', AUTO, text))
}

/** One reply, whole: what is said, drawings, table, numbers, sources, disclaimer, what next. */
export function replyTurn(reply: Reply, around: Surroundings): HTMLElement {
  const { strings, language } = around
  const alarm = alarmOf(reply)
  // Most are none: the numbers stand there, in the frame of any other reply.
  const framed = reply.inDoubt ? null : alarm
  const calls = callsOf(alarm, clinicPhone(reply), strings)
  // Where minutes count, the number comes before the words, also on the smallest screen.
  const callsFirst = alarm === 'emergency' || alarm === 'urgent'
  return h(
    'div',
    { class: `turn reply ${framed ?? ''}` },
    framed ? alarmHeading(framed, strings) : h('h3', { class: 'who' }, strings.assistant),
    callsFirst && calls,
    ...markdown(reply.text),
    !callsFirst && calls,
    reply.table && tableOf(reply.table),
    ...picturesOf(reply.facts, strings, around.seenPictures),
    h('p', { class: 'disclaimer', dir: 'auto' }, reply.disclaimer || strings.notice),
    sourcesOf(reply.facts, strings, language),
    RATED.includes(reply.kind) &&
      reply.id &&
      feedbackOf(strings, (helpful) => around.rate(reply.id, helpful)),
    suggestionsOf(reply.suggestions, strings, around.ask),
  )
}
