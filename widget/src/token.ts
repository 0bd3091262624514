/**
 * The conversation's token, kept for this tab only: on a shared computer the next
 * person opens a tab without it. Where storage is blocked, it lives until the reload.
 */
export class TokenStore {
  private readonly key: string
  private memory = ''

  constructor(base: string) {
    this.key = `patient-faq-chat ${base}`
  }

  get(): string {
    try {
      return sessionStorage.getItem(this.key) ?? ''
    } catch {
      return this.memory
    }
  }

  /** @param token "" forgets it. */
  set(token: string): void {
    this.memory = token
    try {
      if (token) sessionStorage.setItem(this.key, token)
      else sessionStorage.removeItem(this.key)
    } catch {
      // Storage is blocked or full; the memory above serves this page.
    }
  }
}
