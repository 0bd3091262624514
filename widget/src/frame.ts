import { h } from './dom'
import { icon, type IconName } from './icons'
import { webLink } from './markdown'
import type { Settings } from './settings'
import { fill, type Strings } from './strings'

export type Frame = ReturnType<typeof frameOf>

/**
 * Everything that stands before the first message. The live regions (log, status,
 * alert) are part of it: screen readers announce only what enters a region they know.
 */
export function frameOf(strings: Strings, settings: Settings) {
  const log = h('div', { class: 'log', role: 'log', 'aria-label': strings.log })
  const input = h('textarea', { id: 'question', rows: 1, placeholder: strings.questionHint, enterkeyhint: 'send' })
  const send = h('button', { class: 'button send', type: 'submit' }, icon('send'), h('span', {}, strings.send))
  const form = h(
    'form',
    {},
    h('label', { for: 'question' }, strings.question),
    h('div', { class: 'line' }, input, send),
  )
  const status = h('p', { class: 'status', role: 'status' })
  const alert = h('p', { role: 'alert' })
  const remedies = h('div', { class: 'calls' })
  const trouble = h('div', { class: 'trouble' }, alert, remedies)
  const close = h('button', { class: 'close', type: 'button' }, icon('close'), h('span', {}, strings.close))
  const print = tool('print', strings.print)
  const save = tool('save', strings.save)
  const startAgain = tool('again', strings.startAgain)
  const confirmYes = h('button', { type: 'button', class: 'button' }, strings.startAgainYes)
  const confirmNo = h('button', { type: 'button', class: 'tool' }, strings.startAgainNo)
  const confirm = h(
    'div',
    { class: 'confirm', role: 'group', 'aria-label': strings.startAgainAsk, hidden: true },
    h('p', {}, strings.startAgainAsk),
    confirmNo,
    confirmYes,
  )
  const scroller = h(
    'div',
    { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': strings.scroller },
    h(
      'p',
      { class: 'privacy' },
      `${strings.privacy} `,
      settings.privacy && webLink(strings.privacyPolicy, settings.privacy),
    ),
    log,
  )
  const tools = h('div', { class: 'tools' }, startAgain, print, save, confirm)
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'title' },
    h(
      'header',
      {},
      h('h2', { id: 'title', class: 'title' }, settings.title || strings.title),
      noticeOf(strings),
      close,
    ),
    scroller,
    tools,
    status,
    trouble,
    form,
  )
  const launcher = h(
    'button',
    { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog' },
    icon('chat'),
    h('span', {}, strings.launcher),
  )
  const region = h('section', { 'aria-label': strings.region }, launcher, dialog)
  return {
    region, launcher, dialog, close, scroller, log, tools, status, alert, remedies, trouble,
    form, input, print, save, startAgain, confirm, confirmYes, confirmNo,
  }
}

/** The standing medical notice with the emergency line. */
function noticeOf(strings: Strings): HTMLElement {
  const number = strings.emergencyNumber
  return h(
    'p',
    { class: 'notice' },
    h('span', {}, strings.notice, h('span', { class: 'roomy' }, ` ${strings.noticeMore}`)),
    ' ',
    h('a', { href: `tel:${number}` }, icon('phone'), fill(strings.emergencyLine, { number })),
  )
}

function tool(name: IconName, label: string): HTMLButtonElement {
  return h('button', { class: 'tool', type: 'button' }, icon(name), h('span', {}, label))
}
