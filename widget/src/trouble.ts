import { Failure, type Reason } from './api'
import { callLink } from './call'
import { h } from './dom'
import type { Frame } from './frame'
import { fill, type Strings } from './strings'

/** Waiting time that is asked for where the server names none. */
const SHORT_WAIT = 30

/** What did not work. */
export interface Matter {
  /** The patient's question, if there is one to be kept. */
  question?: string
  /** A sentence on what failed, where it was no question. */
  failed?: string
}

/** Says what went wrong (role=alert) and offers what helps: try again, or the phone. */
export class Trouble {
  constructor(
    private readonly frame: Frame,
    private readonly strings: Strings,
    /** The clinic's number, once it is known; "" before. */
    private readonly phone: () => string,
  ) {}

  clear(): void {
    this.say('')
  }

  /** @param retry what "Try again" does; without it there is no such button. */
  say(message: string, retry?: () => void): void {
    const { alert, remedies, trouble } = this.frame
    // A focused button must not vanish under the keyboard's user.
    if (remedies.contains((remedies.getRootNode() as ShadowRoot).activeElement)) this.frame.input.focus()
    alert.textContent = message
    trouble.classList.toggle('on', !!message)
    remedies.replaceChildren()
    if (!message) return
    const number = this.phone()
    const call = callLink(fill(this.strings.callClinic, { number }), number)
    if (retry) {
      remedies.append(h('button', { class: 'button', type: 'button', click: retry }, this.strings.retry))
    }
    if (call) remedies.append(call)
  }

  /** @returns whether the question itself was at fault, so that trying again is of no use. */
  explain(error: unknown, { question, failed }: Matter, retry: () => void): boolean {
    const { reason, retryAfter } = error instanceof Failure ? error : new Failure('server')
    const final = !!question && (reason === 'tooLong' || reason === 'refused')
    const shown: Exclude<Reason, 'unauthorized'> =
      reason === 'unauthorized' || (reason === 'refused' && !question) ? 'server' : reason
    const wait = this.inWords(retryAfter || SHORT_WAIT)
    const why = fill(this.strings.trouble[shown], { wait })
    const kept = question && !final && this.strings.kept
    this.say([failed, why, kept].filter(Boolean).join(' '), final ? undefined : retry)
    return final
  }

  private inWords(seconds: number): string {
    if (seconds < 60) return fill(this.strings.seconds, { n: seconds })
    const n = Math.ceil(seconds / 60)
    return n === 1 ? this.strings.oneMinute : fill(this.strings.minutes, { n })
  }
}
