import { h } from './dom'
import type { Strings } from './strings'

/**
 * "Helpful / Not helpful" under one answer. A press shows at once and can be changed.
 *
 * @param rate saves the rating; resolves to false where that failed.
 */
export function feedbackOf(
  strings: Strings,
  rate: (helpful: boolean) => Promise<boolean>,
): HTMLElement {
  const button = (label: string, helpful: boolean) =>
    h('button', { type: 'button', 'aria-pressed': 'false', click: () => void press(helpful) }, label)
  const buttons = [button(strings.helpful, true), button(strings.notHelpful, false)]
  const mark = (pressed: boolean | null) =>
    buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(pressed === (i === 0))))

  async function press(helpful: boolean): Promise<void> {
    mark(helpful)
    if (!(await rate(helpful))) mark(null)
  }

  return h(
    'div',
    { class: 'feedback', role: 'group', 'aria-label': strings.feedback },
    h('span', { 'aria-hidden': 'true' }, strings.feedback),
    ...buttons,
  )
}
