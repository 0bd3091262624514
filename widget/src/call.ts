import { h } from './dom'
import { icon } from './icons'

/**
 * A link that dials (or opens a text message), large enough for a thumb; null where
 * the number holds no digit.
 */
export function callLink(label: string, number: string, scheme: 'tel' | 'sms' = 'tel'): HTMLElement | null {
  const digits = number.replace(/[^\d+]/g, '')
  if (!digits) return null
  const [before, after] = label.split(number)
  return h(
    'a',
    { class: 'button call', href: `${scheme}:${digits}` },
    icon(scheme === 'tel' ? 'phone' : 'message'),
    // A number that parts at its hyphens is hard to dial.
    h('span', {}, before, h('span', { class: 'number' }, number), after),
  )
}
