// The example for other web clients, under the same strict policy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertAccessible } from './support/axe.mjs'
import { between, replying } from './support/between.mjs'
import { BASE } from './support/browser.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

test('the plain fetch example asks, answers with its disclaimer, and is accessible', async () => {
  const { page, seen } = await world.visit({ url: `${BASE}/fetch-client.html` })
  await page.getByLabel('Your question').fill('What is kyphoplasty?')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/This is general information|not medical advice/).nth(1).waitFor()
  await page.getByText(/^Source: /).first().waitFor()
  await assertAccessible(page, 'fetch example')
  assert.deepEqual(seen, { errors: [], violations: [], dialogs: [], foreign: [] })
})

/** The open example, what stands between it and the server, and a way to ask. */
async function opened() {
  const { page } = await world.visit({ url: `${BASE}/fetch-client.html` })
  const said = page.locator('#turns h2')
  const type = async (text) => {
    await page.getByLabel('Your question').fill(text)
    await page.getByRole('button', { name: 'Send' }).click()
  }
  const ask = async (text) => {
    const before = await said.count()
    await type(text)
    await said.nth(before).waitFor()
  }
  return { page, said, type, ask, trouble: page.locator('#trouble'), ...(await between(page)) }
}
const QUESTION = 'What is kyphoplasty?'

test('it goes on in a new conversation where the old one is gone, also after the Back button', async () => {
  const { page, ask, said, trouble, calls } = await opened()
  const sent = page.waitForRequest(/messages$/)
  await ask(QUESTION)
  const { authorization } = (await sent).headers()
  const { status } = await fetch(`${BASE}/conversations`, { method: 'DELETE', headers: { Authorization: authorization } })
  assert.equal(status, 204)
  await ask(QUESTION)
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await ask(QUESTION)
  assert.equal(await said.count(), 3)
  assert.equal(await trouble.textContent(), '')
  assert.equal(calls.filter(({ call }) => call === 'POST /conversations').length, 3)
})

test('it presses a suggestion by its id', async () => {
  const { page, said, calls, ask } = await opened()
  await ask(QUESTION)
  await page.locator('#turns button').last().click()
  await said.nth(1).waitFor()
  assert.deepEqual(Object.keys(JSON.parse(calls.at(-1).body)), ['choice'])
})

test('it makes an alarm stand out, with a link that dials', async () => {
  const { page, ask, fault } = await opened()
  fault.change = replying({ kind: 'urgent', phone: '555-0100' })
  await ask(QUESTION)
  assert.ok(await page.locator('.alarm').count())
  assert.equal(await page.getByRole('link', { name: '555-0100' }).getAttribute('href'), 'tel:5550100')
})

test('it says how long to wait, and keeps the question', async () => {
  const { page, type, ask, trouble, fault, mend } = await opened()
  Object.assign(fault, { status: 429, headers: { 'Retry-After': '12' } })
  await type(QUESTION)
  await trouble.getByText('wait 12 seconds').waitFor()
  assert.equal(await page.getByLabel('Your question').inputValue(), QUESTION)
  mend()
  await ask(QUESTION)
  assert.equal(await trouble.textContent(), '')
})
