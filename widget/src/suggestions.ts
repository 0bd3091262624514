import type { Question, Suggestion } from './contract'
import { h } from './dom'
import type { Strings } from './strings'

/** Questions to press. They stay in the history, so that a patient can go back to them. */
export function suggestionsOf(
  suggestions: Suggestion[],
  strings: Strings,
  ask: (question: Question) => void,
): HTMLElement | null {
  if (!suggestions.length) return null
  const items = suggestions.map(({ id, title }) =>
    h('li', {}, h('button', { type: 'button', click: () => ask({ text: title, choice: id }) }, title)),
  )
  return h('div', { class: 'suggestions' }, h('p', {}, strings.suggestions), h('ul', {}, ...items))
}
