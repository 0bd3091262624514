import { field, readReplies, readTurns, type Question, type Reply, type Turn } from './contract'

/** Why a call did not work, in the words that the widget has a message for. */
export type Reason =
  | 'offline'
  | 'timeout'
  | 'busy'
  | 'server'
  | 'tooLong'
  | 'refused'
  | 'unauthorized'

export class Failure extends Error {
  /** @param retryAfter seconds that the server asks to wait, 0 where it names none. */
  constructor(
    readonly reason: Reason,
    readonly retryAfter = 0,
  ) {
    super(reason)
  }
}

/** The calls of the website channel. Every one throws a Failure and nothing else. */
export class Api {
  /** @param base address of the channel without a slash at its end. */
  constructor(private readonly base: string) {}

  async start(signal: AbortSignal): Promise<{ token: string; welcome: Reply[] }> {
    const body = await this.call('POST', 'conversations', '', {}, signal)
    const token = field(body, 'token')
    if (typeof token !== 'string' || !token) throw new Failure('server')
    return { token, welcome: readReplies(field(body, 'welcome')) }
  }

  async send(token: string, question: Question, signal: AbortSignal): Promise<Reply[]> {
    const { choice, text } = question
    const body = await this.call('POST', 'messages', token, choice ? { choice } : { text }, signal)
    const replies = readReplies(field(body, 'replies'))
    if (!replies.length) throw new Failure('server')
    return replies
  }

  async turns(token: string, signal: AbortSignal): Promise<Turn[]> {
    return readTurns(await this.call('GET', 'messages', token, undefined, signal))
  }

  async rate(token: string, reply: string, helpful: boolean, signal: AbortSignal): Promise<void> {
    await this.call('POST', 'feedback', token, { reply, helpful }, signal)
  }

  async forget(token: string, signal: AbortSignal): Promise<void> {
    await this.call('DELETE', 'conversations', token, undefined, signal)
  }

  private async call(
    method: string,
    path: string,
    token: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<unknown> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (token) headers['Authorization'] = `Bearer ${token}`
    if (body) headers['Content-Type'] = 'application/json'
    try {
      const response = await fetch(`${this.base}/${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: 'omit',
        cache: 'no-store',
        signal,
      })
      if (!response.ok) throw failureOf(response)
      return response.status === 204 ? null : await response.json()
    } catch (error) {
      if (error instanceof Failure) throw error
      if (signal.aborted) throw new Failure('timeout')
      // A body that is no JSON is the server's fault, a fetch that throws is the line's.
      throw new Failure(error instanceof SyntaxError ? 'server' : 'offline')
    }
  }
}

function failureOf({ status, headers }: Response): Failure {
  if (status === 401) return new Failure('unauthorized')
  if (status === 413) return new Failure('tooLong')
  if (status === 429) return new Failure('busy', secondsUntil(headers.get('Retry-After')))
  return new Failure(status >= 500 ? 'server' : 'refused')
}

/** Retry-After is a number of seconds or a date (RFC 9110). */
function secondsUntil(value: string | null): number {
  const seconds = Number(value) || (Date.parse(value ?? '') - Date.now()) / 1000
  return seconds > 0 ? Math.ceil(seconds) : 0
}
