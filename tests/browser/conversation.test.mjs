// Reload, two tabs, start again, what is kept, paper and file.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { between } from './support/between.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const QUESTION = 'What is kyphoplasty?'

/** Everything that the browser keeps for the page. */
const kept = (page) =>
  page.evaluate(() => ({
    session: Object.entries(sessionStorage),
    local: Object.entries(localStorage),
    cookies: document.cookie,
  }))

test('the tab keeps the token and nothing else', async () => {
  const { page, widget } = await world.visit()
  const started = page.waitForResponse((r) => r.url().endsWith('/conversations'))
  await widget.open()
  const { token } = await (await started).json()
  await widget.ask(QUESTION)
  const { session, local, cookies } = await kept(page)
  assert.deepEqual(session.map(([, value]) => value), [token])
  assert.deepEqual([local, cookies], [[], ''])
})

test('a reload brings the conversation back', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const told = await (await widget.ask(QUESTION)).locator('> p').allTextContents()
  await page.reload()
  assert.ok(await widget.dialog.isHidden())
  await widget.open()
  assert.equal(await widget.questions.last().locator('p').textContent(), QUESTION)
  assert.deepEqual(await widget.replies.last().locator('> p').allTextContents(), told)
  assert.ok(await widget.replies.last().locator('.sources').count())
  const suggestion = widget.replies.last().locator('.suggestions button').first()
  const before = await widget.replies.count()
  await suggestion.click()
  await widget.next(before)
  assert.equal(await widget.alert.textContent(), '')
})

test('two tabs have two conversations', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(QUESTION)
  const second = await page.context().newPage()
  await second.goto(page.url())
  const other = new widget.constructor(second)
  await other.open()
  assert.equal(await other.questions.count(), 0)
  await other.ask('How do the two procedures differ?')
  assert.equal(await widget.questions.count(), 1)
  const tokens = [(await kept(page)).session, (await kept(second)).session].map(([[, token]]) => token)
  assert.notEqual(...tokens)
})

test('a duplicated tab goes on when its twin has deleted the conversation', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(QUESTION)
  const [[key, token]] = (await kept(page)).session
  await page.evaluate(
    (gone) => fetch('/webhooks/website/conversations', { method: 'DELETE', headers: { Authorization: `Bearer ${gone}` } }),
    token,
  )
  await widget.ask('How do the two procedures differ?')
  assert.equal(await widget.alert.textContent(), '')
  assert.notEqual(await page.evaluate((k) => sessionStorage.getItem(k), key), token)
})

test('Start again asks first, deletes on the server, and begins anew', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(QUESTION)
  const [[, token]] = (await kept(page)).session
  await page.getByRole('button', { name: 'Start again' }).click()
  assert.equal((await widget.focused()).name, 'No, keep it')
  await page.getByRole('button', { name: 'No, keep it' }).click()
  assert.equal((await widget.focused()).name, 'Start again')
  assert.equal(await widget.questions.count(), 1)

  await page.getByRole('button', { name: 'Start again' }).click()
  const deleted = page.waitForResponse((r) => r.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  assert.equal((await deleted).status(), 204)
  await widget.questions.first().waitFor({ state: 'detached' })
  await widget.replies.first().waitFor()
  assert.equal((await widget.focused()).tag, 'textarea')
  assert.notEqual((await kept(page)).session[0][1], token)
  const status = await page.evaluate(
    async (gone) => (await fetch('/webhooks/website/messages', { headers: { Authorization: `Bearer ${gone}` } })).status,
    token,
  )
  assert.equal(status, 401)
})

test('one question at a time: a second Send keeps its text', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault } = await between(page)
  let answer
  fault.held = { 'POST /messages': new Promise((done) => (answer = done)) }
  await widget.type(QUESTION)
  await widget.type('And how long?')
  await widget.status.getByText('not finished yet').waitFor()
  assert.equal(await widget.input.inputValue(), 'And how long?')
  answer()
  await widget.replies.nth(1).waitFor()
  assert.equal(await widget.questions.count(), 1)
})

test('what is pressed while something runs is told to wait, in words that fit all of it', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault } = await between(page)
  let answer
  fault.held = { 'POST /messages': new Promise((done) => (answer = done)) }
  const suggestions = widget.replies.first().locator('.suggestions button')
  await suggestions.first().click()
  await widget.status.getByText('Looking up the answer').waitFor()
  await suggestions.nth(1).click()
  await widget.status.getByText('not finished yet').waitFor()
  assert.doesNotMatch(await widget.status.textContent(), /question|Send/)
  answer()
  await widget.next(1)
  assert.equal(await widget.questions.count(), 1)
})

test('a slow start is not called an answer', async () => {
  const { page, widget } = await world.visit()
  await page.clock.install()
  const { fault } = await between(page)
  fault.held = { 'POST /conversations': new Promise(() => {}) }
  await widget.launcher.click()
  await widget.status.getByText('One moment').waitFor()
  await page.clock.runFor(6000)
  await widget.status.getByText('Still working').waitFor()
  assert.doesNotMatch(await widget.status.textContent(), /answer/)
})

test('Start again waits until the history is there, and then runs alone', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(QUESTION)
  await page.reload()
  const { fault } = await between(page)
  let load, forget
  fault.held = {
    'GET /messages': new Promise((done) => (load = done)),
    'DELETE /conversations': new Promise((done) => (forget = done)),
  }
  await widget.launcher.click()
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  load()
  await widget.questions.first().waitFor()
  await widget.type('And how long?')
  await widget.status.getByText('not finished yet').waitFor()
  forget()
  await widget.status.getByText('was deleted').waitFor()
  assert.equal(await widget.questions.count(), 0)
  assert.equal(await widget.replies.count(), 1)
})

test('closed and opened while it starts again: one new conversation', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const { fault, calls } = await between(page)
  let start
  fault.held = { 'POST /conversations': new Promise((done) => (start = done)) }
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  await widget.replies.first().waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await widget.launcher.click()
  start()
  await widget.status.getByText('was deleted').waitFor()
  assert.deepEqual(calls.map(({ call }) => call), ['DELETE /conversations', 'POST /conversations'])
  assert.equal(await widget.replies.count(), 1)
})

test('thanks for a rating that come late leave "Looking up the answer" standing', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(QUESTION)
  const { fault } = await between(page)
  let thank, answer
  fault.held = {
    'POST /feedback': new Promise((done) => (thank = done)),
    'POST /messages': new Promise((done) => (answer = done)),
  }
  const rated = page.waitForResponse((response) => response.url().endsWith('/feedback'))
  await page.getByRole('button', { name: 'Helpful', exact: true }).click()
  await widget.type(QUESTION)
  await widget.status.getByText('Looking up the answer').waitFor()
  thank()
  await rated
  await page.waitForTimeout(300)
  assert.match(await widget.status.textContent(), /Looking up the answer/)
  answer()
  await widget.replies.nth(2).waitFor()
})

test('Save gives a text file with questions, answers, sources and disclaimers', async () => {
  const { page, widget, seen } = await world.visit()
  await widget.open()
  const reply = await widget.ask(QUESTION)
  await widget.ask('I cannot breathe and my chest hurts')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save' }).click()
  const file = await download
  assert.match(file.suggestedFilename(), /^my-spine-questions-\d{4}-\d{2}-\d{2}\.txt$/)
  const text = await readFile(await file.path(), 'utf8')
  assert.ok(text.includes(`You asked: ${QUESTION}`))
  assert.ok(text.includes(await reply.locator('> p').first().textContent()))
  assert.ok(text.includes(await reply.locator('.disclaimer').textContent()))
  assert.doesNotMatch(text, /clinic: 911/, 'a national number is not the clinic')
  assert.match(text, /Section “.+”\. Reviewed \d{4}-\d{2}-\d{2}/)
  assert.deepEqual(seen.violations, [])
})

test('on paper the whole conversation runs over as many pages as it needs', async () => {
  for (const viewport of [{ width: 1280, height: 860 }, { width: 320, height: 640 }]) {
    const { page, widget } = await world.visit({ viewport })
    await widget.open()
    await widget.ask(QUESTION)
    await widget.ask('How do the two procedures differ?')
    const pdf = (await page.pdf()).toString('latin1')
    assert.ok(pdf.match(/\/Type \/Page\b/g).length > 1)
    assert.ok(await page.locator('main').isVisible(), 'the page is as it was')
  }
})

test('Print prints the conversation, unfolded, and not the page around it', async () => {
  const { page, widget } = await world.visit()
  await page.evaluate(() => (window.print = () => dispatchEvent(new Event('beforeprint'))))
  await widget.open()
  await widget.ask(QUESTION)
  await page.getByRole('button', { name: 'Print' }).click()
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('main').isVisible(), false)
  assert.ok(await widget.log.locator('.sources li').first().isVisible())
  for (const part of ['form', '.tools', '.launcher', '.feedback']) {
    assert.equal(await page.locator(`patient-faq-chat ${part}`).first().isVisible(), false, part)
  }
  const [log, scroller] = [await widget.log.boundingBox(), await page.locator('.scroller').boundingBox()]
  assert.ok(scroller.height >= log.height, 'nothing is cut off')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  assert.ok(await page.locator('main').isVisible())
  assert.equal(await widget.log.locator('.sources li').first().isVisible(), false)
})
