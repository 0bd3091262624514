// One script line, a strict policy, no third party, nothing before it is opened.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startClinic } from './support/clinic.mjs'
import { BASE, ORIGIN } from './support/browser.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

test('under a strict policy: no violation, no error, no foreign request', async () => {
  const { page, widget, seen } = await world.visit()
  const policy = await page.locator('meta[http-equiv]').getAttribute('content')
  assert.match(policy, /default-src 'none'.*script-src 'self'.*style-src 'self'/)
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  assert.deepEqual(seen, { errors: [], violations: [], dialogs: [], foreign: [] })
  const styled = await widget.dialog.evaluate((dialog) => getComputedStyle(dialog).position)
  assert.equal(styled, 'fixed')
})

test('before it is opened, nothing is requested and nothing stored', async () => {
  const { page, widget } = await world.visit()
  const calls = []
  page.on('request', (request) => calls.push(request.url()))
  await widget.launcher.waitFor()
  await page.waitForTimeout(300)
  assert.deepEqual(calls.filter((url) => /conversations|messages/.test(url)), [])
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0)
})

test('two script lines make one element', async () => {
  const url = `${BASE}/clinic`
  const line = '<script src="/webhooks/website/widget.js" defer></script>'
  const body = `<!doctype html><html lang="en"><title>Clinic</title><h1>Clinic</h1>${line}${line}`
  const ready = (page) => page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }))
  const { page, seen } = await world.visit({ url, ready })
  assert.equal(await page.locator('patient-faq-chat').count(), 1)
  assert.deepEqual(seen.errors, [])
})

test('a page that shrinks and colors its texts does not reach inside', async () => {
  const { page, widget } = await world.visit()
  await page.evaluate(() => {
    const root = document.documentElement.style
    root.fontSize = '62.5%'
    for (const [name, value] of [['color', 'lime'], ['text-align', 'right'], ['line-height', '1'], ['text-transform', 'uppercase']]) {
      document.body.style.setProperty(name, value)
    }
  })
  await widget.open()
  const style = await widget.replies.first().locator('p').first().evaluate((p) => {
    const { fontSize, color, textAlign, textTransform } = getComputedStyle(p)
    return { fontSize: parseFloat(fontSize), color, textAlign, textTransform }
  })
  assert.ok(style.fontSize >= 16)
  assert.notEqual(style.color, 'rgb(0, 255, 0)')
  assert.equal(style.textAlign, 'start')
  assert.equal(style.textTransform, 'none')
})

const clinic = {}
before(async () => Object.assign(clinic, await startClinic()))
after(() => clinic.close())

test('on a clinic of another origin, allowed by its policy alone', async () => {
  const { page, widget, seen } = await world.visit({ url: clinic.allowed })
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  await reply.getByRole('button', { name: 'Helpful', exact: true }).click()
  await widget.status.getByText('Your rating was saved').waitFor()
  await page.reload()
  await widget.open()
  assert.equal(await widget.questions.count(), 1)
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  await widget.status.getByText('was deleted').waitFor()
  assert.deepEqual(seen, { errors: [], violations: [], dialogs: [], foreign: [] })
})

test('too many questions, across origins: the page says how long the real server asks to wait', async () => {
  const { widget } = await world.visit({ url: clinic.allowed })
  await widget.open()
  const headers = { Authorization: `Bearer ${await widget.token()}`, 'Content-Type': 'application/json' }
  // Pressing what was never offered is counted, and costs the server little.
  const press = () => fetch(`${BASE}/messages`, { method: 'POST', headers, body: '{"choice":"none"}' })
  let refused = await press()
  // A window that ends within seconds would let the next question through.
  while (!(Number(refused.headers.get('Retry-After')) > 5)) refused = await press()
  assert.equal(refused.status, 429)
  await widget.type('What is kyphoplasty?')
  await widget.alert.getByText(/Please wait (\d+ seconds|a minute)/).waitFor()
  const seconds = Number(/wait (\d+) seconds/.exec(await widget.alert.textContent())?.[1] ?? 60)
  assert.ok(seconds <= Number(refused.headers.get('Retry-After')), 'not the widget\'s own guess')
})

test('a site that the server does not allow gets nothing, and its patients are told', async () => {
  const { page, widget } = await world.visit({ url: clinic.stranger })
  await widget.launcher.click()
  await widget.retry.waitFor()
  assert.match(await widget.alert.textContent(), /cannot reach the server/)
  assert.equal(await widget.replies.count(), 0)
  assert.equal(await page.evaluate(() => sessionStorage.length), 0)
})

test('what a page may load from elsewhere is the widget alone', async () => {
  const { page } = await world.visit({ url: clinic.allowed })
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  assert.deepEqual(loaded.filter((url) => url.startsWith(ORIGIN)), [`${BASE}/widget.js`])
})
