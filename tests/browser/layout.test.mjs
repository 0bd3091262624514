// Large text, 400% zoom, targets, and where the eye lands.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, replying } from './support/between.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const ZOOMED = { width: 320, height: 256 }

/** Font sizes of all texts on the screen, in pixels. */
const fontSizes = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('patient-faq-chat').shadowRoot
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const sizes = new Set()
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode
      const drawn = parent.closest('svg')
      if (data.trim() && !drawn && parent.checkVisibility()) sizes.add(parseFloat(getComputedStyle(parent).fontSize))
    }
    return [...sizes]
  })

/** Everything that can be pressed and is smaller than 44 by 44 pixels. */
const smallTargets = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('patient-faq-chat').shadowRoot
    return [...root.querySelectorAll('button,a,summary,textarea')]
      .filter((target) => target.checkVisibility())
      .map((target) => [target.textContent || target.localName, target.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 43.9 || height < 43.9)
      .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)
  })

/** Whether anything has to be scrolled sideways. */
const sideways = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('patient-faq-chat').shadowRoot
    return [root.querySelector('dialog'), root.querySelector('.scroller'), ...root.querySelectorAll('.turn')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => `${box.className || box.localName}: ${box.scrollWidth} > ${box.clientWidth}`)
  })

/** A reply that is longer than any fact may be. */
async function askLong(page, widget) {
  const { fault } = await between(page)
  const line = (n) => `Paragraph ${n} of a long answer, which goes on for a while so that it fills more than the window.`
  fault.change = replying({ facts: [], text: Array.from({ length: 12 }, (_, i) => line(i + 1)).join('\n') })
  return widget.ask('What are the risks?')
}

/** What part of the answer is in sight: its first line's top within the log, and how much log there is. */
const sight = (reply) =>
  reply.evaluate((element) => {
    const scroller = element.closest('.scroller').getBoundingClientRect()
    const start = element.getBoundingClientRect().top - scroller.top
    const header = element.closest('dialog').querySelector('header').getBoundingClientRect().height
    return { start, height: scroller.height, header }
  })

test('text is 16 px or more, and twice as large where the page says 200%', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  const normal = await fontSizes(page)
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  const doubled = await fontSizes(page)
  assert.ok(Math.min(...normal) >= 16, String(normal))
  assert.deepEqual(doubled.sort(), normal.map((size) => size * 2).sort())
  assert.deepEqual(await sideways(page), [])
})

for (const viewport of [{ width: 1280, height: 860 }, { width: 320, height: 640 }, ZOOMED]) {
  test(`targets are 44 px and nothing scrolls sideways at ${viewport.width}x${viewport.height}`, async () => {
    const { page, widget } = await world.visit({ viewport })
    assert.deepEqual(await smallTargets(page), [])
    await widget.open()
    await widget.ask('What is kyphoplasty?')
    await widget.ask('How do the two procedures differ?')
    for (const summary of await page.locator('.sources summary').all()) await summary.click()
    const small = await smallTargets(page)
    const notice = small.filter((name) => name.startsWith('In an emergency'))
    assert.deepEqual(small.filter((name) => !notice.includes(name)), [])
    // At 400% zoom the standing line is text of a sentence; the answers' links stay large.
    assert.ok(viewport === ZOOMED || !notice.length)
    assert.deepEqual(await sideways(page), [])
  })
}

test('at 400% zoom the header gives way and the answer is readable from its start', async () => {
  const { page, widget } = await world.visit({ viewport: ZOOMED, reducedMotion: 'reduce' })
  await widget.open()
  const { start, height, header } = await sight(await widget.ask('What is kyphoplasty?'))
  assert.ok(header <= 56, `header ${header}`)
  assert.ok(height >= 136, `log ${height}`)
  assert.ok(start >= 0 && start < 20, `the answer starts at ${start}`)
  for (const text of ['Not medical advice.', 'In an emergency call 911']) {
    assert.ok(await page.getByText(text).first().isVisible(), text)
  }
})

test('a long answer is shown from its start, at every size', async () => {
  for (const viewport of [{ width: 1280, height: 860 }, { width: 320, height: 640 }, ZOOMED]) {
    const { page, widget } = await world.visit({ viewport, reducedMotion: 'reduce' })
    await widget.open()
    await widget.ask('What is kyphoplasty?')
    const { start, height } = await sight(await askLong(page, widget))
    assert.ok(start >= 0 && start < height * 0.4, `${viewport.height}: ${start} of ${height}`)
  }
})

test('the medical notice and the emergency line are always visible', async () => {
  for (const viewport of [{ width: 1280, height: 860 }, { width: 320, height: 640 }, ZOOMED]) {
    const { page, widget } = await world.visit({ viewport })
    await widget.open()
    await askLong(page, widget)
    const link = page.locator('.notice a')
    const box = await link.boundingBox()
    assert.ok(box.y >= 0 && box.y + box.height <= viewport.height)
    assert.equal(await link.getAttribute('href'), 'tel:911')
  }
})

test('200% text on a phone: the question box and the emergency line stay on the screen', async () => {
  const viewport = { width: 320, height: 640 }
  const { page, widget } = await world.visit({ viewport })
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  for (const part of ['.notice a', 'textarea', '.send', '.close']) {
    const { x, y, width, height } = await page.locator(`patient-faq-chat ${part}`).boundingBox()
    assert.ok(x >= 0 && y >= 0 && x + width <= 320 && y + height <= 640, part)
  }
})
