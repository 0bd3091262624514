// Reduced motion, dark, forced colors, languages and directions.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { between } from './support/between.mjs'
import { BASE } from './support/browser.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

/** Animations that run inside the widget while it waits for an answer. */
async function motion(options) {
  const { page, widget } = await world.visit(options)
  await widget.open()
  const { fault } = await between(page)
  fault.held = { 'POST /messages': new Promise(() => {}) }
  await widget.type('What is kyphoplasty?')
  await page.locator('.waiting').waitFor()
  return page.evaluate(() => document.querySelector('patient-faq-chat').shadowRoot.getAnimations().length)
}

test('nothing moves where the reader wants no motion', async () => {
  assert.ok((await motion({ reducedMotion: 'no-preference' })) > 0)
  assert.equal(await motion({ reducedMotion: 'reduce' }), 0)
})

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b
const colors = (locator) =>
  locator.evaluate((e) => {
    const { color, backgroundColor } = getComputedStyle(e)
    return [color, backgroundColor].map((c) => c.match(/\d+/g).map(Number))
  })

test('dark follows the system', async () => {
  for (const [colorScheme, darkPaper] of [['light', false], ['dark', true]]) {
    const { widget } = await world.visit({ colorScheme })
    await widget.open()
    const [ink, paper] = await colors(widget.replies.first())
    assert.equal(luminance(paper) < luminance(ink), darkPaper, colorScheme)
  }
})

/** Contrast of two colors as WCAG 2 counts it, 1 to 21. */
const contrast = (one, other) => {
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
  const [dark, light] = [one, other].map((color) => luminance(color.map(linear))).toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test('the focus of the button is seen on any page: its ring lies inside, and stands out there', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { widget } = await world.visit({ colorScheme })
    await widget.launcher.focus()
    const ring = await widget.launcher.evaluate((button) => {
      const { outlineStyle, outlineColor, outlineWidth, outlineOffset } = getComputedStyle(button)
      return { style: outlineStyle, color: outlineColor, width: parseFloat(outlineWidth), offset: parseFloat(outlineOffset) }
    })
    assert.equal(ring.style, 'solid')
    assert.ok(ring.offset + ring.width <= 0, `${colorScheme}: the ring lies on the page`)
    const [, ground] = await colors(widget.launcher)
    assert.ok(contrast(ring.color.match(/\d+/g).map(Number), ground) >= 3, colorScheme)
  }
})

test('in forced colors everything that can be pressed has an edge, and so has a turn', async () => {
  const { widget } = await world.visit({ forcedColors: 'active' })
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  const edgeless = await widget.dialog.locator('button, textarea, .turn').evaluateAll((all) =>
    all.filter((e) => e.checkVisibility()).filter((e) => {
      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(e)
      return parseFloat(borderTopWidth) < 1 || borderTopColor === backgroundColor
    }).map((e) => e.textContent),
  )
  assert.deepEqual(edgeless, [])
})

/** All texts in a JSON value. */
const textsIn = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(textsIn))

test('every text that the widget itself shows or tells comes from its one JSON file', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  const file = new URL('../../widget/src/strings.en.json', import.meta.url)
  const strings = textsIn(JSON.parse(await readFile(file, 'utf8')))
  const shown = await page.evaluate(() => {
    const root = document.querySelector('patient-faq-chat').shadowRoot
    // What the server and the patient wrote, and the step numbers of drawings.
    const others = '.turn > p:not(.who), .sources li, .suggestions li, b'
    const all = [...root.querySelectorAll('*')].filter((e) => !e.closest(others))
    const texts = all.flatMap((e) => [...e.childNodes]).filter((n) => n.nodeType === Node.TEXT_NODE)
    const told = ['aria-label', 'placeholder', 'title', 'alt'].flatMap((name) => all.map((e) => e.getAttribute(name)))
    return [...texts.map((n) => n.data), ...told].map((text) => text?.trim()).filter(Boolean)
  })
  const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\\\{\w+\\\}/g, '.+')
  const known = new RegExp(`^(${strings.map(escaped).join('|')})$`)
  assert.deepEqual(shown.filter((text) => !known.test(text)), [])
  assert.ok(shown.length > 20)
})

/** A page of the server's own origin with its own language, direction and data attributes. */
async function embedded(htmlAttributes, scriptAttributes) {
  const html = `<!doctype html><html ${htmlAttributes}><title>Clinic</title><h1>Clinic</h1><script src="/webhooks/website/widget.js" ${scriptAttributes} defer></script>`
  const url = `${BASE}/clinic`
  const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': "script-src 'self'" }
  const ready = (page) => page.route(url, (route) => route.fulfill({ headers, body: html }))
  const { page, widget } = await world.visit({ url, ready })
  await widget.open()
  const region = page.locator('patient-faq-chat section')
  return { page, widget, lang: await region.getAttribute('lang'), dir: await region.getAttribute('dir') }
}

test('language and direction come from the page', async () => {
  const { lang, dir } = await embedded('lang="en-GB" dir="ltr"', '')
  assert.deepEqual([lang, dir], ['en-GB', 'ltr'])
})

test('a language without strings is told in English, and says that it is English', async () => {
  const { lang, dir, widget } = await embedded('lang="ar" dir="rtl"', '')
  assert.deepEqual([lang, dir], ['en', 'rtl'])
  const box = await widget.dialog.boundingBox()
  assert.ok(box.x < 100, 'the panel is at the other side')
  const paragraph = widget.replies.first().locator('p').first()
  assert.equal(await paragraph.evaluate((p) => getComputedStyle(p).direction), 'ltr')
})

test('so is a data-lang without strings, or one that is no language tag', async () => {
  for (const tag of ['es', 'en_US']) {
    const { page, lang } = await embedded(`lang="${tag}"`, `data-lang="${tag}"`)
    assert.equal(lang, 'en', tag)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save' }).click()
    await download
  }
})

test('data attributes come before the page', async () => {
  const { lang, dir, page } = await embedded(
    'lang="en" dir="ltr"',
    'data-lang="en-AU" data-dir="rtl" data-title="Ask Riverside" data-phone="555-0100" data-privacy="https://example.org/privacy" data-position="start"',
  )
  assert.deepEqual([lang, dir], ['en-AU', 'rtl'])
  await page.getByRole('dialog', { name: 'Ask Riverside' }).waitFor()
  const privacy = page.getByRole('link', { name: 'Privacy policy' })
  assert.equal(await privacy.getAttribute('href'), 'https://example.org/privacy')
})
