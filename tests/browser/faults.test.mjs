// Slow, dead, busy, broken, offline: said, announced, and the question is kept.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stubSite, useSite } from './support/setup.mjs'

const world = useSite(stubSite)
const QUESTION = 'What is kyphoplasty?'

/** An open widget on a server of its own, to be broken. */
async function opened() {
  const site = await world.stub()
  const { page, widget, seen } = await world.visit({}, site)
  await widget.open()
  return { site, page, widget, seen, faults: site.faults }
}

/** "Try again" brings the answer to the one question that was asked. */
async function retryWorks(widget) {
  await widget.retry.click()
  await widget.next(1)
  assert.equal(await widget.questions.count(), 1)
  assert.equal(await widget.alert.textContent(), '')
  assert.equal(await widget.retry.count(), 0)
}

const ANSWERS = [
  ['500', { status: 500 }, /server has a problem.*question is kept/],
  ['503', { status: 503 }, /server has a problem.*question is kept/],
  ['429 with seconds', { status: 429, headers: { 'Retry-After': '12' } }, /wait 12 seconds.*question is kept/],
  ['429 with minutes', { status: 429, headers: { 'Retry-After': '150' } }, /wait 3 minutes/],
  ['429 with a date', { status: 429, headers: { 'Retry-After': new Date(Date.now() + 3.6e6).toUTCString() } }, /wait (59|60) minutes/],
  ['429 without a time', { status: 429 }, /wait 30 seconds/],
  ['a dropped connection', { drop: true }, /cannot reach the server.*question is kept/],
]
for (const [name, fault, message] of ANSWERS) {
  test(`${name}: said in role=alert, and Try again works`, async () => {
    const { widget, faults, seen } = await opened()
    Object.assign(faults, fault)
    await widget.type(QUESTION)
    await widget.retry.waitFor()
    assert.match(await widget.alert.textContent(), message)
    assert.equal((await widget.focused()).tag, 'textarea')
    for (const name of Object.keys(faults)) delete faults[name]
    await retryWorks(widget)
    assert.equal((await widget.focused()).tag, 'textarea', 'the focus does not fall out of the panel')
    assert.deepEqual(seen.errors, [])
  })
}

for (const [status, message] of [[413, /too long/], [400, /could not be sent/], [403, /could not be sent/]]) {
  test(`${status}: the question goes back to its box, there is nothing to try again`, async () => {
    const { widget, faults } = await opened()
    faults.status = status
    await widget.type(QUESTION)
    await widget.page.locator('.trouble.on').waitFor()
    assert.match(await widget.alert.textContent(), message)
    assert.equal(await widget.input.inputValue(), QUESTION)
    assert.equal(await widget.retry.count(), 0)
  })
}

test('401: silently a new conversation, and the question is sent there', async () => {
  const { site, page, widget } = await opened()
  site.conversations.clear()
  const before = site.calls.length
  await widget.ask(QUESTION)
  assert.equal(await widget.alert.textContent(), '')
  const calls = site.calls.slice(before).map(({ call }) => call)
  assert.deepEqual(calls, ['POST /messages', 'POST /conversations', 'POST /messages'])

  site.conversations.clear()
  await widget.replies.last().locator('.suggestions button').first().click()
  await widget.next(2)
  assert.ok(JSON.parse(site.calls.at(-1).body).text, 'the new conversation was not offered the choice')
  assert.equal(await page.locator('.trouble.on').count(), 0)
})

test('401 on reload: a fresh welcome', async () => {
  const { site, page, widget } = await opened()
  await widget.ask(QUESTION)
  site.conversations.clear()
  await page.reload()
  await widget.open()
  assert.equal(await widget.replies.count(), 1)
  assert.equal(await widget.questions.count(), 0)
})

test('slow: "still working" at 6 s in role=status, then the answer', async () => {
  const { widget, faults } = await opened()
  faults.delay = 7500
  const start = Date.now()
  await widget.type(QUESTION)
  await widget.status.getByText('Looking up the answer').waitFor()
  await widget.status.getByText('Still working').waitFor()
  const waited = Date.now() - start
  assert.ok(waited > 5800 && waited < 7000, `${waited}`)
  await widget.next(1)
  assert.equal(await widget.status.textContent(), '')
})

test('dead: given up at 20 s, and the question is kept', async () => {
  const { widget, faults } = await opened()
  faults.delay = 60_000
  const start = Date.now()
  await widget.type(QUESTION)
  await widget.retry.waitFor()
  const waited = Date.now() - start
  assert.ok(waited > 19_500 && waited < 22_000, `${waited}`)
  assert.match(await widget.alert.textContent(), /took too long.*question is kept/)
  delete faults.delay
  await retryWorks(widget)
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

for (const remembers of [true, false]) {
  test(`the server dies and comes back ${remembers ? 'with' : 'without'} its conversations`, async () => {
    const { site, widget } = await opened()
    await site.close()
    await widget.type(QUESTION)
    await widget.retry.waitFor()
    const port = Number(new URL(site.origin).port)
    await world.stub({ port, ...(remembers && { conversations: site.conversations }) })
    await retryWorks(widget)
  })
}

test('a server that is down when the widget opens: said, the typed question is kept', async () => {
  const site = await world.stub()
  const { widget } = await world.visit({}, site)
  site.faults.status = 503
  await widget.launcher.click()
  await widget.retry.waitFor()
  await widget.type(QUESTION)
  await widget.retry.waitFor()
  assert.equal(await widget.input.inputValue(), QUESTION)
  assert.equal(await widget.questions.count(), 0)
  delete site.faults.status
  await widget.retry.click()
  await widget.replies.first().waitFor()
  await widget.idle()
  await widget.input.press('Enter')
  await widget.next(1)
})

test('a conversation that could not be deleted is not said to be', async () => {
  const { page, widget, faults } = await opened()
  await widget.ask(QUESTION)
  faults.status = 500
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  await widget.retry.waitFor()
  assert.equal(await widget.questions.count(), 1)
  delete faults.status
  await widget.retry.click()
  await widget.status.getByText('was deleted').waitFor()
})

for (const body of ['<html>proxy</html>', '{}', '{"replies":[]}', '[]', 'null']) {
  test(`an answer that is none (${body}): said, and Try again works`, async () => {
    const { page, widget, seen } = await opened()
    await page.route('**/messages', (route) => route.fulfill({ status: 200, body }), { times: 1 })
    await widget.type(QUESTION)
    await widget.retry.waitFor()
    assert.match(await widget.alert.textContent(), /server has a problem/)
    await retryWorks(widget)
    assert.deepEqual(seen.errors, [])
  })
}

test('the phone stands beside Try again, once it is known', async () => {
  const { page, widget, faults } = await opened()
  await widget.ask('to a person')
  faults.status = 503
  await widget.type(QUESTION)
  await widget.retry.waitFor()
  const link = page.locator('.trouble a')
  assert.equal(await link.getAttribute('href'), 'tel:6614805956')
})
