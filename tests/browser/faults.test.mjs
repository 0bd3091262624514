// Slow, busy, broken, offline: said, announced, and the question is kept. The server's
// real death is in alone/outages.test.mjs; here a fault stands between page and server.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between } from './support/between.mjs'
import { BASE } from './support/browser.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const QUESTION = 'What is kyphoplasty?'

/** An open widget, and what stands between it and the server. */
async function opened(options) {
  const { page, widget, seen } = await world.visit(options)
  await widget.open()
  return { page, widget, seen, ...(await between(page)) }
}

/** "Try again" brings the answer to the one question that was asked. */
async function retryWorks(widget, questions = 1) {
  await widget.retry.click()
  await widget.next(questions)
  assert.equal(await widget.questions.count(), questions)
  assert.equal(await widget.alert.textContent(), '')
  assert.equal(await widget.retry.count(), 0)
}

const ANSWERS = [
  ['500', { status: 500 }, /server has a problem.*question is kept/],
  ['503', { status: 503 }, /server has a problem.*question is kept/],
  ['429 with seconds', { status: 429, headers: { 'Retry-After': '12' } }, /wait 12 seconds.*question is kept/],
  ['429 with minutes', { status: 429, headers: { 'Retry-After': '150' } }, /wait 3 minutes/],
  ['429 with a date', { status: 429, headers: { 'Retry-After': new Date(Date.now() + 3.6e6).toUTCString() } }, /wait (5\d|60) minutes/],
  ['429 without a time', { status: 429 }, /wait 30 seconds/],
  ['a dropped connection', { drop: true }, /cannot reach the server.*question is kept/],
  ...['<html>proxy</html>', '{}', '{"replies":[]}', '[]', 'null'].map((body) => [
    `an answer that is none (${body})`, { body }, /server has a problem/,
  ]),
]
test('whatever goes wrong is said in role=alert, and Try again works', async () => {
  const { widget, fault, mend, seen } = await opened()
  for (const [i, [name, of, message]] of ANSWERS.entries()) {
    Object.assign(fault, of)
    await widget.type(QUESTION)
    await widget.retry.waitFor()
    assert.match(await widget.alert.textContent(), message, name)
    assert.equal((await widget.focused()).tag, 'textarea', name)
    mend()
    await retryWorks(widget, i + 1)
    assert.equal((await widget.focused()).tag, 'textarea', 'the focus does not fall out of the panel')
  }
  assert.deepEqual(seen.errors, [])
})

const FINAL = [
  ['400', /could not be sent/],
  ['403', /could not be sent/],
]
for (const [status, message] of FINAL) {
  test(`${status}: the question goes back to its box, there is nothing to try again`, async () => {
    const { widget, fault } = await opened()
    fault.status = Number(status)
    await refused(widget, QUESTION, message)
  })
}

test('a question that is too long for the real server goes back to its box', async () => {
  const { widget } = await opened()
  await refused(widget, 'How long is it? '.repeat(80).trim(), /too long/)
})

async function refused(widget, question, message) {
  await widget.type(question)
  await widget.page.locator('.trouble.on').waitFor()
  assert.match(await widget.alert.textContent(), message)
  assert.equal(await widget.input.inputValue(), question)
  assert.equal(await widget.retry.count(), 0)
}

/** The server forgets the conversation behind the page's back. */
async function forgotten(widget) {
  const headers = { Authorization: `Bearer ${await widget.token()}` }
  const { status } = await fetch(`${BASE}/conversations`, { method: 'DELETE', headers })
  assert.equal(status, 204)
}

test('a forgotten conversation: silently a new one, and the question is sent there', async () => {
  const { page, widget, calls } = await opened()
  await forgotten(widget)
  await widget.ask(QUESTION)
  assert.equal(await widget.alert.textContent(), '')
  assert.deepEqual(calls.map(({ call }) => call), ['POST /messages', 'POST /conversations', 'POST /messages'])

  await forgotten(widget)
  await widget.replies.last().locator('.suggestions button').first().click()
  await widget.next(2)
  assert.ok(JSON.parse(calls.at(-1).body).text, 'the new conversation was not offered the choice')
  assert.equal(await page.locator('.trouble.on').count(), 0)
})

test('a forgotten conversation on reload: a fresh welcome', async () => {
  const { page, widget } = await opened()
  await widget.ask(QUESTION)
  await forgotten(widget)
  await page.reload()
  await widget.open()
  assert.equal(await widget.replies.count(), 1)
  assert.equal(await widget.questions.count(), 0)
})

test('slow: "still working" at 6 s; an answer after that is shown, at 20 s it is given up', async () => {
  const [late, never] = [await opened(), await opened()]
  let answer
  late.fault.held = { 'POST /messages': new Promise((done) => (answer = done)) }
  never.fault.held = { 'POST /messages': new Promise(() => {}) }
  await Promise.all([
    (async () => {
      const { widget } = late
      const start = Date.now()
      await widget.type(QUESTION)
      await widget.status.getByText('Looking up the answer').waitFor()
      await widget.status.getByText('Still working').waitFor()
      assert.ok(Date.now() - start > 5800)
      answer()
      await widget.next(1)
      assert.equal(await widget.status.textContent(), '')
    })(),
    (async () => {
      const { widget, mend } = never
      const start = Date.now()
      await widget.type(QUESTION)
      await widget.retry.waitFor({ timeout: 60_000 })
      assert.ok(Date.now() - start > 19_500)
      assert.match(await widget.alert.textContent(), /took too long.*question is kept/)
      mend()
      await retryWorks(widget)
    })(),
  ])
})

test('a slow network: 400 ms each way and 50 KB a second', async () => {
  const { page, widget, seen } = await world.visit()
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 800, downloadThroughput: 50_000, uploadThroughput: 50_000,
  })
  await page.reload()
  await widget.open()
  await widget.type(QUESTION)
  await widget.status.getByText('Looking up the answer').waitFor()
  await widget.next(1)
  assert.equal(await widget.status.textContent(), '')
  assert.deepEqual(seen.errors, [])
})

test('offline and back', async () => {
  const { page, widget } = await opened()
  await page.context().setOffline(true)
  await widget.type(QUESTION)
  await widget.retry.waitFor()
  assert.match(await widget.alert.textContent(), /internet connection/)
  await page.context().setOffline(false)
  await retryWorks(widget)
})

test('a conversation that could not be deleted is not said to be', async () => {
  const { page, widget, fault, mend } = await opened()
  await widget.ask(QUESTION)
  fault.status = 500
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  await widget.retry.waitFor()
  assert.match(await widget.alert.textContent(), /could not be deleted/)
  assert.equal(await widget.questions.count(), 1)
  mend()
  await widget.retry.click()
  await widget.status.getByText('was deleted').waitFor()
})

test('the clinic\'s phone stands beside Try again, once it is known', async () => {
  const { page, widget, fault } = await opened()
  const handoff = await widget.ask('I want to talk to a nurse')
  const number = await handoff.locator('.calls a').getAttribute('href')
  // A national number is not the clinic's.
  await widget.ask('I want to kill myself')
  await widget.ask('I cannot breathe and my chest hurts')
  fault.status = 503
  await widget.type(QUESTION)
  await widget.retry.waitFor()
  assert.equal(await page.locator('.trouble a').getAttribute('href'), number)
})
