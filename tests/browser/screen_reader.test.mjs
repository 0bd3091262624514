// What a screen reader meets: roles, names, live regions, the tree of a conversation.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { anySite, stubSite, useSite } from './support/setup.mjs'

const stub = useSite(stubSite)
const any = useSite(anySite)
const TREE = new URL('snapshots/conversation.yml', import.meta.url)

test('the tree of a whole conversation is the one on record (UPDATE=1 records it)', async () => {
  const { widget } = await stub.visit()
  await widget.open()
  for (const text of ['What is kyphoplasty?', 'How do they differ?', 'emergency', 'crisis', 'person']) {
    await widget.ask(text)
  }
  const tree = `${await widget.dialog.ariaSnapshot()}\n`
  if (process.env.UPDATE) await writeFile(TREE, tree)
  assert.equal(tree, await readFile(TREE, 'utf8'))
})

test('the regions are there before the first message, and the log only grows', async () => {
  const { page, widget } = await any.visit()
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
  const { page, widget } = await any.visit()
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
  const { page, widget } = await any.visit()
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  await page.reload()
  await widget.open()
  await page.getByText('Your earlier conversation is shown.').waitFor()
  assert.equal(await widget.log.getAttribute('aria-live'), 'off')
  await widget.ask('How do the two procedures differ?')
  assert.equal(await widget.log.getAttribute('aria-live'), 'polite')
})
