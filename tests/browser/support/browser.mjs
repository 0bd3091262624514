// Debian's chromium through playwright-core; nothing is downloaded.
import { createRequire } from 'node:module'

const fromWidget = createRequire(new URL('../../../widget/package.json', import.meta.url))
const { chromium } = fromWidget('playwright-core')
export const axeSource = fromWidget('axe-core').source

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** The real server's channel, for example http://127.0.0.1:5005/webhooks/website. */
export const BASE = (process.env.BASE_URL ?? '').replace(/\/+$/, '')
if (!BASE) throw new Error('No server to test: start these tests with "npm test", see widget/README.md')
export const ORIGIN = new URL(BASE).origin

export const launch = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })

/**
 * A page that reports what must never happen: script errors, policy violations, dialogs,
 * requests to another origin.
 *
 * @param options `url` where not the demonstration page, `ready(page)` to be done before
 *   it loads, and what playwright's newContext takes.
 */
export async function watchedPage(browser, { url, ready, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
  const page = await context.newPage()
  const seen = { errors: [], violations: [], dialogs: [], foreign: [] }
  const home = url ? new URL(url).origin : ORIGIN
  page.on('pageerror', (error) => seen.errors.push(String(error)))
  page.on('dialog', (dialog) => (seen.dialogs.push(dialog.message()), dialog.dismiss()))
  page.on('request', (request) => {
    const known = [ORIGIN, home].includes(new URL(request.url()).origin)
    if (!known && !/^(blob|data):/.test(request.url())) seen.foreign.push(request.url())
  })
  await page.exposeFunction('reportViolation', (violation) => seen.violations.push(violation))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  await ready?.(page)
  await page.goto(url ?? `${BASE}/`)
  return { context, page, seen, widget: new WidgetPage(page) }
}

/** The widget as a patient uses it. */
export class WidgetPage {
  constructor(page) {
    this.page = page
    this.launcher = page.locator('patient-faq-chat .launcher')
    this.dialog = page.locator('patient-faq-chat dialog')
    this.log = page.locator('patient-faq-chat [role=log]')
    this.input = page.locator('patient-faq-chat textarea')
    this.status = page.locator('patient-faq-chat [role=status]')
    this.alert = page.locator('patient-faq-chat [role=alert]')
    this.replies = this.log.locator('.reply')
    this.questions = this.log.locator('.patient')
    this.retry = page.getByRole('button', { name: 'Try again' })
  }

  /** Opens it and waits for the welcome, or for the conversation of before. */
  async open() {
    await this.launcher.click()
    await this.replies.first().waitFor()
    await this.idle()
  }

  async type(text) {
    await this.input.fill(text)
    await this.input.press('Enter')
  }

  /** Asks and returns the reply. */
  async ask(text) {
    const before = await this.replies.count()
    await this.type(text)
    return this.next(before)
  }

  async next(before) {
    const reply = this.replies.nth(before)
    await reply.waitFor()
    await this.idle()
    return reply
  }

  async idle() {
    await this.page.locator('patient-faq-chat .status:not(.waiting)').waitFor({ state: 'attached' })
  }

  /** The conversation's token, as this tab keeps it. */
  token() {
    return this.page.evaluate(() => Object.values({ ...sessionStorage })[0])
  }

  /** Where the focus is, through the shadow root. */
  focused() {
    return this.page.evaluate(() => {
      let active = document.activeElement
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
      const inDialog = !!active?.closest?.('dialog')
      const name = active?.getAttribute('aria-label') ?? (active?.textContent || active?.id) ?? ''
      return { tag: active?.localName, class: active?.className, name: name.trim(), inDialog }
    })
  }
}
