// What stands in a reply of each kind, and what can be done with it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anySite, stubSite, useSite } from './support/setup.mjs'

const any = useSite(anySite)
const stub = useSite(stubSite)

test('a disclaimer stands under every reply, whatever its kind', async () => {
  const { widget } = await stub.visit()
  await widget.open()
  const kinds = ['kyphoplasty', 'differ', 'clarify', 'weather', 'my own case', 'person', 'emergency', 'urgent', 'crisis', 'bye', 'robot', 'sources', 'simpler', 'broken']
  for (const kind of kinds) await widget.ask(kind)
  const disclaimers = await widget.log.locator('.reply > .disclaimer').allTextContents()
  assert.equal(disclaimers.length, kinds.length + 1)
  for (const disclaimer of disclaimers) assert.match(disclaimer, /medical advice/)
})

test('sources fold out: title, section, review date', async () => {
  const { widget } = await any.visit()
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
  const wide = await any.visit()
  await wide.widget.open()
  const table = (await wide.widget.ask(question)).getByRole('table')
  const columns = await table.getByRole('columnheader').count()
  assert.ok(columns >= 3)
  assert.equal(await table.evaluate((e) => getComputedStyle(e).display), 'table')

  const narrow = await any.visit({ viewport: { width: 320, height: 640 } })
  await narrow.widget.open()
  const stacked = (await narrow.widget.ask(question)).getByRole('table')
  assert.equal(await stacked.evaluate((e) => getComputedStyle(e).display), 'block')
  assert.equal(await stacked.getByRole('columnheader').count(), columns, 'still a table to screen readers')
  const label = await stacked.getByRole('cell').first().evaluate((e) => getComputedStyle(e, '::before').content)
  assert.match(label, /Vertebroplasty/)
})

test('starter questions and suggestions send their choice and stay in the history', async () => {
  const { page, widget } = await any.visit()
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

test('Helpful / Not helpful goes to the server with the reply it is about', async () => {
  const { page, widget } = await any.visit()
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
  const failing = await stub.stub()
  const { widget } = await stub.visit({}, failing)
  await widget.open()
  const reply = await widget.ask('What is kyphoplasty?')
  failing.faults.status = 500
  await reply.getByRole('button', { name: 'Helpful', exact: true }).click()
  await widget.alert.getByText('could not be saved').waitFor()
  await reply.getByRole('button', { name: 'Helpful', exact: true, pressed: false }).waitFor()
})

const ALARMS = [
  ['emergency', 'This may be an emergency', ['tel:911', 'tel:6614805956']],
  ['urgent', 'Please call your care team now', ['tel:6614805956', 'tel:911']],
  ['crisis', 'You are not alone. Help is here.', ['tel:988', 'sms:988', 'tel:911']],
]
for (const [kind, heading, links] of ALARMS) {
  test(`${kind}: own heading, own icon, own numbers`, async () => {
    const { widget } = await stub.visit()
    await widget.open()
    const answer = await widget.ask('What is kyphoplasty?')
    const reply = await widget.ask(kind)
    await reply.getByRole('heading', { name: heading }).waitFor()
    assert.equal(await reply.locator('h3 svg').count(), 1)
    const hrefs = await reply.locator('.calls a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    assert.deepEqual(hrefs, links)
    const border = (e) => getComputedStyle(e).borderInlineStartWidth
    assert.notEqual(await reply.evaluate(border), await answer.evaluate(border), 'told apart without color')
    assert.equal(await reply.locator('.feedback').count(), 0)
  })
}

test('the three alarms look different from each other without their colors', async () => {
  const { widget } = await stub.visit()
  await widget.open()
  const forms = new Set()
  for (const [kind] of ALARMS) {
    const reply = await widget.ask(kind)
    forms.add(await reply.locator('h3 path').getAttribute('d'))
  }
  assert.equal(forms.size, ALARMS.length)
})

test('a small Markdown subset becomes elements', async () => {
  const { widget } = await stub.visit()
  await widget.open()
  const reply = await widget.ask('a list')
  assert.equal(await reply.locator('ul > li > strong').textContent(), 'medicine list')
  assert.equal(await reply.locator('ol > li').count(), 2)
  const link = reply.getByRole('link', { name: 'the guide' })
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
})

test('a reply that says that something broke keeps the question in its box', async () => {
  const { widget } = await stub.visit()
  await widget.open()
  await widget.ask('broken?')
  assert.equal(await widget.input.inputValue(), 'broken?')
  await widget.status.getByText('Your question is in the box again').waitFor()
})
