// What stands in a reply of each kind, and what can be done with it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, replying } from './support/between.mjs'
import { AFTER, ASK } from './support/questions.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

/**
 * The contract's kinds; "error" is what a server says whose action server is away. The
 * mildest alarm comes first: after a graver one it would be that again.
 */
const KINDS = ['clarify', 'answer', 'sources', 'simplify', 'out_of_scope', 'personal_advice', 'handoff', 'urgent', 'emergency', 'crisis', 'greet', 'goodbye', 'bot_challenge', 'error']

test('a disclaimer stands under every reply, whatever its kind', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault } = await between(page)
  for (const kind of KINDS) {
    if (kind === 'error') fault.change = replying({ kind })
    const answered = page.waitForResponse((r) => r.url().endsWith('/messages'))
    const reply = await widget.ask(ASK[kind] ?? AFTER[kind] ?? 'Who are you?')
    const [said] = (await (await answered).json()).replies
    assert.equal(said.kind, kind)
    assert.equal(await reply.locator('> .disclaimer').textContent(), said.disclaimer)
    assert.match(said.disclaimer, /not medical advice/)
  }
})

test('sources fold out: title, section, review date', async () => {
  const { widget } = await world.visit()
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  const sources = reply.locator('.sources')
  assert.equal(await sources.locator('li').first().isVisible(), false)
  await sources.locator('summary').click()
  const first = sources.locator('li').first()
  assert.ok((await first.locator('cite').textContent()).length > 3)
  assert.match(await first.textContent(), /Section “.+”.*Reviewed \w+ \d+, \d{4}/)
})

test('a comparison is a real table, and reflows on a narrow screen', async () => {
  const question = 'How do the two procedures differ?'
  const wide = await world.visit()
  await wide.widget.open()
  const table = (await wide.widget.ask(question)).getByRole('table')
  const columns = await table.getByRole('columnheader').count()
  assert.ok(columns >= 3)
  assert.equal(await table.evaluate((e) => getComputedStyle(e).display), 'table')

  const narrow = await world.visit({ viewport: { width: 320, height: 640 } })
  await narrow.widget.open()
  const stacked = (await narrow.widget.ask(question)).getByRole('table')
  assert.equal(await stacked.evaluate((e) => getComputedStyle(e).display), 'block')
  assert.equal(await stacked.getByRole('columnheader').count(), columns, 'still a table to screen readers')
  const label = await stacked.getByRole('cell').first().evaluate((e) => getComputedStyle(e, '::before').content)
  assert.match(label, /Vertebroplasty/)
})

test('starter questions and suggestions send their choice and stay in the history', async () => {
  const { page, widget } = await world.visit()
  const bodies = []
  page.on('request', (r) => r.url().endsWith('/messages') && bodies.push(r.postDataJSON()))
  await widget.open()
  const starter = widget.replies.first().locator('.suggestions button').first()
  const title = await starter.textContent()
  await starter.click()
  await widget.next(1)
  assert.deepEqual(Object.keys(bodies[0]), ['choice'])
  assert.equal(await widget.questions.first().locator('p').textContent(), title)
  assert.ok(await starter.isEnabled())
  await starter.click()
  await widget.next(2)
})

test('a suggestion that this conversation was not offered is asked in its own words', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault, calls, mend } = await between(page)
  const title = 'How long is the recovery?'
  fault.change = replying({ suggestions: [{ id: 'offered_in_an_earlier_conversation', title }] })
  const reply = await widget.ask(ASK.answer)
  mend()
  await reply.getByRole('button', { name: title }).click()
  await widget.next(2)
  const [pressed, asked] = calls.slice(-2).map(({ body }) => JSON.parse(body))
  assert.deepEqual([Object.keys(pressed), asked], [['choice'], { text: title }])
  assert.equal(await widget.alert.textContent(), '')
})

test('Helpful / Not helpful goes to the server with the reply it is about', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  const sent = page.waitForRequest((r) => r.url().endsWith('/feedback'))
  const saved = page.waitForResponse((r) => r.url().endsWith('/feedback'))
  await reply.getByRole('button', { name: 'Not helpful' }).click()
  const body = (await sent).postDataJSON()
  assert.equal(body.helpful, false)
  assert.ok(body.reply)
  assert.equal((await saved).status(), 204)
  await reply.getByRole('button', { name: 'Not helpful', pressed: true }).waitFor()
  assert.equal(await widget.replies.first().locator('.feedback').count(), 0, 'none under the welcome')
})

test('a rating that cannot be saved is said, and not shown as saved', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  const { fault } = await between(page)
  fault.status = 500
  await reply.getByRole('button', { name: 'Helpful', exact: true }).click()
  await widget.status.getByText('could not be saved').waitFor()
  await reply.getByRole('button', { name: 'Helpful', exact: true, pressed: false }).waitFor()
})

test('a rating that cannot be saved leaves a kept question its "Try again"', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  const { fault, mend } = await between(page)
  fault.status = 503
  await widget.type('How long is the recovery?')
  await widget.retry.waitFor()
  await reply.getByRole('button', { name: 'Helpful', exact: true }).click()
  await widget.status.getByText('could not be saved').waitFor()
  assert.match(await widget.alert.textContent(), /question is kept/)
  mend()
  await widget.retry.click()
  await widget.next(2)
})

// The mildest first, as above.
const ALARMS = [
  ['urgent', 'Please call your care team now', ['Call the clinic: # tel:#', 'Call 911 tel:911']],
  ['emergency', 'This may be an emergency', ['Call 911 tel:911']],
  ['crisis', 'You are not alone. Help is here.', ['Call 988 tel:988', 'Text 988 sms:988', 'Call 911 tel:911']],
]
test('each alarm has its own heading, icon and numbers, and is told apart without color', async () => {
  const { widget } = await world.visit()
  await widget.open()
  const border = (e) => getComputedStyle(e).borderInlineStartWidth
  const plain = await (await widget.ask('What is kyphoplasty?')).evaluate(border)
  const icons = new Set()
  for (const [kind, heading, links] of ALARMS) {
    const reply = await widget.ask(ASK[kind])
    await reply.getByRole('heading', { name: heading }).waitFor()
    icons.add(await reply.locator('h3 svg path').getAttribute('d'))
    const calls = await reply.locator('.calls a').evaluateAll((all) => all.map((a) => `${a.textContent} ${a.getAttribute('href')}`))
    // "#" is the clinic's number, whatever it is.
    assert.deepEqual(calls.map((call) => call.replaceAll(/\d[\d-]{5,}/g, '#')), links)
    assert.notEqual(await reply.evaluate(border), plain, kind)
    assert.equal(await reply.locator('.feedback').count(), 0)
  }
  assert.equal(icons.size, ALARMS.length)
})

test('an alarm in doubt has its numbers and looks like any other reply', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const border = (e) => getComputedStyle(e).borderInlineStartWidth
  const plain = await (await widget.ask('What is kyphoplasty?')).evaluate(border)
  const { fault } = await between(page)
  fault.change = replying({ in_doubt: true })
  for (const [kind, heading, links] of ALARMS) {
    const reply = await widget.ask(ASK[kind])
    assert.equal(await reply.locator('.calls a').count(), links.length, kind)
    assert.equal(await reply.getByRole('heading', { name: heading }).count(), 0, kind)
    assert.equal(await reply.evaluate(border), plain, kind)
  }
})

test('a small Markdown subset becomes elements', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault } = await between(page)
  const text = 'Bring these:\n- your **medicine list**\n- your pictures\nThen:\n1. rest\n2. walk\nMore at [the guide](https://example.org/guide).'
  fault.change = replying({ text, facts: [] })
  const reply = await widget.ask(ASK.answer)
  assert.equal(await reply.locator('ul > li > strong').textContent(), 'medicine list')
  assert.equal(await reply.locator('ol > li').count(), 2)
  const link = reply.getByRole('link', { name: 'the guide' })
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
})

test('a reply that says that something broke keeps the question in its box', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault } = await between(page)
  fault.change = replying({ kind: 'error' })
  await widget.ask(ASK.answer)
  assert.equal(await widget.input.inputValue(), ASK.answer)
  await widget.status.getByText('Your question is in the box again').waitFor()
})
