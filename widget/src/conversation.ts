import { Failure, type Api, type Reason } from './api'
import type { Question, Reply, Turn } from './contract'
import type { TokenStore } from './token'

/** One conversation with the server: finds it again, renews it, sends, forgets. */
export class Conversation {
  constructor(
    private readonly api: Api,
    private readonly token: TokenStore,
  ) {}

  /** The turns of the conversation that this tab had, else the welcome of a new one. */
  async load(signal: AbortSignal): Promise<{ turns: Turn[]; restored: boolean }> {
    const token = this.token.get()
    if (token) {
      const turns = await ifKnown(this.api.turns(token, signal))
      if (turns?.length) return { turns, restored: true }
    }
    const welcome = await this.start(signal)
    return { turns: welcome.map((reply) => ({ from: 'assistant', reply })), restored: false }
  }

  /** Sends; where the server has forgotten the conversation, in a new one. */
  async send(question: Question, signal: AbortSignal): Promise<Reply[]> {
    const token = this.token.get()
    const replies = token ? await ifKnown(this.sendTo(token, question, signal)) : null
    if (replies) return replies
    await this.start(signal)
    // The new conversation was never offered the suggestion, so its title is sent.
    return this.api.send(this.token.get(), { text: question.text }, signal)
  }

  async rate(reply: string, helpful: boolean, signal: AbortSignal): Promise<void> {
    await this.api.rate(this.token.get(), reply, helpful, signal)
  }

  /** Deletes it on the server first, so that "deleted" is never said too early. */
  async forget(signal: AbortSignal): Promise<void> {
    const token = this.token.get()
    if (token) await ifKnown(this.api.forget(token, signal))
    this.token.set('')
  }

  /** A conversation begun anew was not offered what still stands above: its title is sent. */
  private async sendTo(token: string, question: Question, signal: AbortSignal): Promise<Reply[]> {
    try {
      return await this.api.send(token, question, signal)
    } catch (error) {
      if (!question.choice || !failedFor('refused', error)) throw error
      return this.api.send(token, { text: question.text }, signal)
    }
  }

  private async start(signal: AbortSignal): Promise<Reply[]> {
    const { token, welcome } = await this.api.start(signal)
    this.token.set(token)
    return welcome
  }
}

/** null where the server does not know the token (any more). */
async function ifKnown<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (failedFor('unauthorized', error)) return null
    throw error
  }
}

const failedFor = (reason: Reason, error: unknown): boolean =>
  error instanceof Failure && error.reason === reason
