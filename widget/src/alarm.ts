import { callLink } from './call'
import type { Reply } from './contract'
import { h } from './dom'
import { icon, type IconName } from './icons'
import { fill, type Strings } from './strings'

/** Kinds that must not look like an answer among others: own icon, heading, numbers to call. */
const ALARMS = ['emergency', 'urgent', 'crisis', 'error'] as const
export type Alarm = (typeof ALARMS)[number]

export function alarmOf({ kind }: Reply): Alarm | null {
  return ALARMS.find((alarm) => alarm === kind) ?? null
}

/** The clinic's number, where the reply names it: these two kinds name a national one. */
export function clinicPhone({ kind, phone }: Reply): string {
  return kind === 'emergency' || kind === 'crisis' ? '' : phone
}

/** The heading of an alarm, with its icon: it is told apart without its color. */
export function alarmHeading(alarm: Alarm, strings: Strings): HTMLElement {
  return h('h3', { class: 'who' }, icon(alarm satisfies IconName), strings.headings[alarm])
}

/**
 * Whom to call, the first number being the one that the case asks for.
 *
 * @param phone the clinic's number.
 */
export function callsOf(alarm: Alarm | null, phone: string, strings: Strings): HTMLElement | null {
  const { emergencyNumber, crisisNumber } = strings
  const dial = (number: string) => callLink(fill(strings.call, { number }), number)
  const clinic = callLink(fill(strings.callClinic, { number: phone }), phone)
  const message = callLink(fill(strings.textTo, { number: crisisNumber }), crisisNumber, 'sms')
  const calls = {
    emergency: [dial(emergencyNumber)],
    urgent: [clinic, dial(emergencyNumber)],
    crisis: [dial(crisisNumber), message, dial(emergencyNumber)],
    error: [clinic],
    none: [clinic],
  }[alarm ?? 'none']
  return calls.some(Boolean) ? h('p', { class: 'calls' }, ...calls) : null
}
