// axe in every state: WCAG 2.2 AA, best practice, and 7:1 contrast.
import { test } from 'node:test'
import { assertAccessible } from './support/axe.mjs'
import { between, replying } from './support/between.mjs'
import { ASK } from './support/questions.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

const PHONE = { viewport: { width: 320, height: 640 } }
const ZOOMED = { viewport: { width: 320, height: 256 } }
const DARK = { colorScheme: 'dark' }
const FORCED = { forcedColors: 'active' }
const ANSWERS = [ASK.answer, ASK.table]
const STATES = [
  ['closed', {}, null],
  ['open', {}, []],
  ['after answers', {}, ANSWERS],
  ['phone, closed', PHONE, null],
  ['phone, after answers', PHONE, ANSWERS],
  ['400% zoom, after answers', ZOOMED, ANSWERS],
  ['dark, closed', DARK, null],
  ['dark, after answers', DARK, ANSWERS],
  ['dark phone, after answers', { ...DARK, ...PHONE }, ANSWERS],
  ['forced colors, after answers', FORCED, ANSWERS],
]
for (const [state, options, questions] of STATES) {
  test(`axe: ${state}`, async () => {
    const { page, widget } = await world.visit(options)
    if (questions) await widget.open()
    for (const question of questions ?? []) await widget.ask(question)
    for (const summary of await page.locator('.sources summary').all()) await summary.click()
    await assertAccessible(page, state, options.forcedColors && ['color-contrast'])
  })
}

for (const [look, options] of [['light', {}], ['dark', DARK]]) {
  test(`axe: a reply of every kind, ${look}`, async () => {
    const { page, widget } = await world.visit(options)
    await widget.open()
    // The alarms last, the mildest first: each stays in mind and changes what follows it.
    const kinds = ['clarify', 'handoff', 'personal_advice', 'out_of_scope', 'urgent', 'emergency', 'crisis']
    for (const kind of kinds) {
      await widget.ask(ASK[kind])
    }
    await assertAccessible(page, `every kind, ${look}`)
  })

  test(`axe: error, ${look}`, async () => {
    const { page, widget } = await world.visit(options)
    await widget.open()
    const { fault, mend } = await between(page)
    const text = 'Bring these:\n- your **medicine list**\n1. rest\nMore at [the guide](https://example.org/guide).'
    fault.change = replying({ kind: 'error', text })
    await widget.ask(ASK.answer)
    mend()
    fault.status = 503
    await widget.type(ASK.answer)
    await widget.retry.waitFor()
    await assertAccessible(page, `error, ${look}`)
  })
}

test('axe: waiting, rated, and asked whether to start again', async () => {
  const { page, widget } = await world.visit()
  await widget.open()
  await widget.ask(ASK.answer)
  await page.getByRole('button', { name: 'Helpful', exact: true }).click()
  await page.getByRole('button', { name: 'Start again' }).click()
  const { fault } = await between(page)
  fault.held = { 'POST /messages': new Promise(() => {}) }
  await widget.type(ASK.table)
  await page.locator('.waiting').waitFor()
  await assertAccessible(page, 'waiting, rated, asked')
})

test('axe: text of 200%, from right to left', async () => {
  const { page, widget } = await world.visit()
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
    document.documentElement.dir = 'rtl'
  })
  await widget.open()
  await widget.ask(ASK.table)
  await assertAccessible(page, '200% text, rtl')
})
