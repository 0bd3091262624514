// The whole way with the keyboard alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const TABS = 40

/** Presses a key until the focus fits; fails after too many. */
async function pressUntil(page, widget, key, fits) {
  for (let i = 0; i < TABS; i++) {
    await page.keyboard.press(key)
    const focused = await widget.focused()
    if (fits(focused)) return focused
  }
  assert.fail(`${key} never got there`)
}

test('Tab, Enter, ask, read on, rate, choose, Esc', async () => {
  const { page, widget, seen } = await world.visit()
  await pressUntil(page, widget, 'Tab', (f) => f.class === 'launcher')
  await page.keyboard.press('Enter')
  assert.equal((await widget.focused()).tag, 'textarea')
  await widget.replies.first().waitFor()

  await page.keyboard.type('What is kyphoplasty?')
  await page.keyboard.press('Enter')
  await widget.next(1)
  assert.equal((await widget.focused()).tag, 'textarea', 'the focus stays in the question box')
  assert.equal(await widget.input.inputValue(), '')

  await pressUntil(page, widget, 'Shift+Tab', (f) => f.tag === 'summary' && /^Sources/.test(f.name))
  await page.keyboard.press('Enter')
  assert.ok(await widget.log.locator('.sources li').first().isVisible())

  await pressUntil(page, widget, 'Tab', (f) => f.name === 'Helpful')
  await page.keyboard.press('Space')
  await page.getByText('Your rating was saved').waitFor()
  assert.equal((await widget.focused()).name, 'Helpful')

  const chosen = await pressUntil(page, widget, 'Tab', (f) => f.tag === 'button' && f.name.endsWith('?'))
  await page.keyboard.press('Enter')
  await widget.next(2)
  assert.equal(await widget.questions.last().locator('p').textContent(), chosen.name)
  assert.equal((await widget.focused()).name, chosen.name, 'the button stays, with the focus')

  await page.keyboard.press('Escape')
  assert.equal((await widget.focused()).class, 'launcher')
  assert.ok(await widget.dialog.isHidden())
  assert.deepEqual(seen.errors, [])
})

test('while closed, nothing inside takes the focus', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await page.keyboard.press('Escape')
  await page.evaluate(() => document.activeElement.blur())
  for (let i = 0; i < TABS; i++) {
    await page.keyboard.press('Tab')
    assert.equal((await widget.focused()).inDialog, false)
  }
})

test('Esc closes also when the focus is on the page, and leaves it there', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await page.locator('nav a').first().focus()
  await page.keyboard.press('Escape')
  assert.ok(await widget.dialog.isHidden())
  assert.equal((await widget.focused()).tag, 'a')
})

test('where the panel covers the page, Tab stays in it', async () => {
  const { page, widget } = await world.visit({ viewport: { width: 320, height: 256 } })
  await widget.open()
  for (let i = 0; i < TABS; i++) {
    await page.keyboard.press('Tab')
    const { tag, inDialog, name } = await widget.focused()
    assert.ok(inDialog || ['body', 'html'].includes(tag), `${tag} ${name} is behind the panel`)
  }
})

test('every stop shows where the focus is', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  const stops = new Set()
  for (let i = 0; i < TABS; i++) {
    await page.keyboard.press('Tab')
    const { inDialog, tag, name } = await widget.focused()
    if (!inDialog) continue
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement.shadowRoot.activeElement)
      return outlineStyle === 'none' ? 0 : parseFloat(outlineWidth)
    })
    assert.ok(outline >= 2, `${tag} ${name}`)
    stops.add(`${tag} ${name}`)
  }
  assert.ok(stops.size >= 10, [...stops].join(', '))
})

test('Shift+Enter starts a new line; an empty question is not sent', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await page.keyboard.press('Enter')
  await page.getByText('Please type a question first.').waitFor()
  await page.keyboard.type('one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  assert.equal(await widget.input.inputValue(), 'one\ntwo')
  assert.equal(await widget.questions.count(), 0)
})

test('when the window changes its size, the words and the focus stay', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.input.fill('half a question')
  await page.setViewportSize({ width: 320, height: 480 })
  await page.locator('dialog.full').waitFor()
  assert.equal((await widget.focused()).tag, 'textarea')
  assert.equal(await widget.input.inputValue(), 'half a question')
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.locator('dialog:not(.full)').waitFor()
  assert.equal((await widget.focused()).tag, 'textarea')
  await page.keyboard.press('Escape')
  assert.equal((await widget.focused()).class, 'launcher')
})
