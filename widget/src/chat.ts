import { clinicPhone } from './alarm'
import type { Conversation } from './conversation'
import type { Question, Reply, Turn } from './contract'
import type { Frame } from './frame'
import { withPatience } from './patience'
import { patientTurn, replyTurn, type Surroundings } from './reply'
import { scrollToStart } from './scroll'
import type { Settings } from './settings'
import type { Strings } from './strings'
import { Trouble, type Matter } from './trouble'

/** What happens in the panel: asking, answering, waiting, failing, starting again. */
export class Chat {
  /** Turns shown, for the text file. */
  turns: Turn[] = []
  private loaded = false
  private loading: Promise<void> | null = null
  private busy = false
  private phone: string
  private readonly trouble: Trouble
  private readonly around: Surroundings

  constructor(
    private readonly frame: Frame,
    private readonly conversation: Conversation,
    private readonly strings: Strings,
    language: string,
    settings: Settings,
  ) {
    this.phone = settings.phone
    this.trouble = new Trouble(frame, strings, () => this.phone)
    this.around = {
      strings,
      language,
      ask: (question) => void this.ask(question),
      rate: (reply, helpful) => this.rate(reply, helpful),
      seenPictures: new Set(),
    }
  }

  /**
   * Shows this tab's conversation, or a new one's welcome; once, then it is there.
   *
   * @param matter the question that waits for it, if one does.
   */
  async load(matter: Matter = {}): Promise<void> {
    if (this.loaded) return
    const loading = (signal: AbortSignal) => this.showTurns(signal)
    this.loading ??= this.show(() => this.load(), loading, matter)
    await this.loading
  }

  /** Sends what is asked, one question at a time; a failure keeps it for "Try again". */
  async ask(question: Question): Promise<void> {
    if (this.busy) return this.say(this.strings.oneAtATime)
    if (!question.text.trim()) return this.say(this.strings.emptyQuestion)
    await this.load({ question: question.text })
    // Where loading failed, the question still stands in its box.
    if (!this.loaded || this.busy) return
    const { input, log } = this.frame
    log.setAttribute('aria-live', 'polite')
    if (!question.choice) input.value = ''
    const shown = this.append({ from: 'patient', text: question.text })
    scrollToStart(this.frame.scroller, shown)
    await this.deliver(question)
  }

  /** The conversation is deleted on the server, then here, and a new one begins. */
  async startAgain(): Promise<void> {
    await this.loading
    if (this.busy) return this.say(this.strings.oneAtATime)
    this.busy = true
    const matter: Matter = { failed: this.strings.deleteFailed }
    const again = async (signal: AbortSignal) => {
      await this.conversation.forget(signal)
      delete matter.failed
      this.frame.log.replaceChildren()
      this.turns = []
      this.around.seenPictures.clear()
      this.loaded = false
      await this.showTurns(signal)
      return this.strings.startedAgain
    }
    this.loading = this.show(() => this.startAgain(), again, matter)
    await this.loading
  }

  /** The start of the last answer comes to the top. */
  toLastAnswer(): void {
    const answer = this.frame.log.lastElementChild
    if (answer instanceof HTMLElement) scrollToStart(this.frame.scroller, answer)
  }

  /** Work that shows a conversation; `loading` is it while it runs, so that there is one at a time. */
  private async show(
    retry: () => Promise<void>,
    task: (signal: AbortSignal) => Promise<string>,
    matter: Matter,
  ): Promise<void> {
    await this.work(this.strings.loading, retry, task, matter)
    this.loading = null
  }

  private async showTurns(signal: AbortSignal): Promise<string> {
    const { turns, restored } = await this.conversation.load(signal)
    this.loaded = true
    // What was read out before is not read out again.
    this.frame.log.setAttribute('aria-live', restored ? 'off' : 'polite')
    turns.forEach((turn) => this.append(turn))
    this.toLastAnswer()
    return restored ? this.strings.restored : ''
  }

  private async deliver(question: Question): Promise<void> {
    this.busy = true
    await this.work(this.strings.working, () => this.deliver(question), async (signal) => {
      const replies = await this.conversation.send(question, signal)
      const [first] = replies.map((reply) => this.append({ from: 'assistant', reply }))
      if (first) scrollToStart(this.frame.scroller, first)
      if (replies.at(-1)?.kind !== 'error') return ''
      this.frame.input.value ||= question.text
      return this.strings.questionKept
    }, { question: question.text })
  }

  /**
   * One call to the server, told of while it runs and explained where it fails.
   *
   * @param task returns what is to be said at its end.
   * @param matter its question goes back to the box where it cannot be sent as it is.
   */
  private async work(
    doing: string,
    retry: () => Promise<void>,
    task: (signal: AbortSignal) => Promise<string>,
    matter: Matter,
  ): Promise<void> {
    this.trouble.clear()
    this.say(doing, true)
    try {
      this.say(await withPatience(task, () => this.say(this.strings.stillWorking, true)))
    } catch (error) {
      this.say('')
      const final = this.trouble.explain(error, matter, () => void retry())
      if (final && matter.question) this.frame.input.value ||= matter.question
    } finally {
      this.busy = false
    }
  }

  private append(turn: Turn): HTMLElement {
    this.turns.push(turn)
    const shown =
      turn.from === 'patient'
        ? patientTurn(turn.text, this.strings)
        : replyTurn(turn.reply, this.around)
    if (turn.from === 'assistant') this.remember(turn.reply)
    this.frame.log.append(shown)
    return shown
  }

  private remember(reply: Reply): void {
    this.phone = clinicPhone(reply) || this.phone
  }

  private async rate(reply: string, helpful: boolean): Promise<boolean> {
    try {
      await withPatience((signal) => this.conversation.rate(reply, helpful, signal))
      // Thanks that come late must not hide that a question is being worked on.
      if (!this.busy) this.say(this.strings.feedbackThanks)
      return true
    } catch {
      // Not among the troubles: there may stand a question that is kept, with its "Try again".
      this.say(this.strings.feedbackFailed, this.busy)
      return false
    }
  }

  private say(message: string, waiting = false): void {
    this.frame.status.textContent = message
    this.frame.status.classList.toggle('waiting', waiting)
  }
}
