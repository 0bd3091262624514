// What a screen reader meets: roles, names, live regions, the tree of a conversation.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { between } from './support/between.mjs'
import { ASK } from './support/questions.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const TREE = new URL('snapshots/conversation.yml', import.meta.url)
const ASKED = [ASK.answer, ASK.table, ASK.urgent, ASK.crisis, ASK.handoff, ASK.emergency]

/** The real reply with fixed words: those of the facts change with the facts. */
const worded = ({ id, kind, facts, table, suggestions, phone }) => ({
  id,
  kind,
  text: `What is said: ${kind}.\nIts second paragraph.`,
  disclaimer: 'The disclaimer.',
  facts: facts.slice(0, 1).map((fact) => ({
    ...fact,
    reviewed_on: '2026-01-31',
    sources: [{ title: 'A page', section: 'A part of it' }],
  })),
  ...(table && { table: { caption: 'A comparison', columns: ['Question', 'One', 'Other'], rows: [['What?', 'This', 'That']] } }),
  suggestions: suggestions.slice(0, 2).map((suggestion, i) => ({ ...suggestion, title: `Suggestion ${i + 1}?` })),
  ...(phone && { phone: phone.length > 3 ? '555-0100' : phone }),
})

test('the tree of a whole conversation is the one on record (UPDATE=1 records it)', async () => {
  const { page, widget } = await world.visit()
  const { fault } = await between(page)
  fault.change = (_, { welcome, replies, ...rest }) => ({
    ...rest,
    ...(welcome && { welcome: welcome.map(worded) }),
    ...(replies && { replies: replies.map(worded) }),
  })
  await widget.open()
  for (const text of ASKED) {
    const reply = await widget.ask(text)
    const folded = reply.locator('.sources summary')
    if (await folded.count()) await folded.click()
  }
  const tree = `${await widget.dialog.ariaSnapshot()}\n`
  if (process.env.UPDATE) await writeFile(TREE, tree)
  assert.equal(tree, await readFile(TREE, 'utf8'))
})

test('a real conversation is read in order: question, answer, disclaimer, sources, what next', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  const order = []
  for (const text of ASKED) {
    const answered = page.waitForResponse((r) => r.url().endsWith('/messages'))
    const shown = await widget.ask(text)
    const [reply] = (await (await answered).json()).replies
    const folded = shown.locator('.sources summary')
    if (await folded.count()) await folded.click()
    order.push(text, ...reply.text.split('\n'), reply.disclaimer)
    order.push(...reply.facts.flatMap((fact) => fact.sources.slice(0, 1).map(({ title }) => title)).slice(0, 1))
    order.push(...reply.suggestions.map(({ title }) => title))
  }
  // Quotes are escaped in the tree.
  const tree = (await widget.dialog.ariaSnapshot()).replaceAll('\\"', '"')
  let at = 0
  for (const words of order) {
    const found = tree.indexOf(words, at)
    assert.ok(found >= 0, `"${words}" is missing, or not in its place`)
    at = found + words.length
  }
})

test('the regions are there before the first message, and the log only grows', async () => {
  const { page, widget } = await world.visit()
  await page.evaluate(() => {
    const log = document.querySelector('patient-faq-chat').shadowRoot.querySelector('[role=log]')
    window.kept = { log, empty: !log.hasChildNodes(), removed: 0, changed: 0 }
    new MutationObserver((records) => {
      for (const { type, removedNodes } of records) {
        window.kept.removed += removedNodes.length
        window.kept.changed += type === 'characterData' ? 1 : 0
      }
    }).observe(log, { childList: true, subtree: true, characterData: true })
  })
  for (const role of ['log', 'status', 'alert']) {
    assert.equal(await page.locator(`patient-faq-chat [role=${role}]`).count(), 1, role)
  }
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  await widget.ask('How do the two procedures differ?')
  const kept = await page.evaluate(() => {
    const log = document.querySelector('patient-faq-chat').shadowRoot.querySelector('[role=log]')
    const { log: first, ...counts } = window.kept
    return { ...counts, same: first === log, live: log.getAttribute('aria-live') }
  })
  assert.deepEqual(kept, { empty: true, removed: 0, changed: 0, same: true, live: 'polite' })
})

test('turns have headings, the panel a name, and nothing live is nested', async () => {
  const { page, widget } = await world.visit()
  assert.equal(await page.getByRole('button', { name: 'Questions? Ask here' }).count(), 1)
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  await page.getByRole('dialog', { name: 'Spine treatment questions' }).waitFor()
  assert.equal(await widget.log.getByRole('heading', { level: 3, name: 'You asked' }).count(), 1)
  assert.equal(await widget.log.getByRole('heading', { level: 3, name: 'Assistant' }).count(), 2)
  assert.equal(await widget.log.locator('[aria-live],[role=alert],[role=status]').count(), 0)
  await page.getByRole('textbox', { name: 'Your question' }).waitFor()
})

test('a conversation that comes back is not read out again', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  await page.reload()
  await widget.open()
  await page.getByText('Your earlier conversation is shown.').waitFor()
  assert.equal(await widget.log.getAttribute('aria-live'), 'off')
  await widget.ask('How do the two procedures differ?')
  assert.equal(await widget.log.getAttribute('aria-live'), 'polite')
})
