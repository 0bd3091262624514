// The drawings: where they are shown, what they say without being seen, what they show.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ASK } from './support/questions.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const TOPICS = new URL('../../facts/topics/', import.meta.url)
const BY_FACT = new URL('../../widget/src/pictures/by_fact.ts', import.meta.url)

test('every fact that has a drawing exists', async () => {
  const known = new Set()
  for (const name of await readdir(TOPICS)) {
    const yaml = await readFile(new URL(name, TOPICS), 'utf8')
    for (const [, id] of yaml.matchAll(/^ {2}- id: (\w+)$/gm)) known.add(id)
  }
  const mapped = [...(await readFile(BY_FACT, 'utf8')).matchAll(/^ {4}'(\w+)',$/gm)].map(([, id]) => id)
  assert.ok(mapped.length > 20)
  assert.deepEqual(mapped.filter((id) => !known.has(id)), [])
})

const SHOWN = [
  [ASK.answer, 4],
  [ASK.vertebroplasty, 3],
  [ASK.fracture, 2],
]
for (const [question, steps] of SHOWN) {
  test(`${question}: ${steps} images, each with a name and a description`, async () => {
    const { widget } = await world.visit()
    await widget.open()
    const images = (await widget.ask(question)).getByRole('img')
    assert.equal(await images.count(), steps)
    for (const image of await images.all()) {
      assert.match(await image.locator('title').textContent(), /^Drawing \d of \d$/)
      assert.ok((await image.locator('desc').textContent()).length > 40)
      const { width } = await image.boundingBox()
      assert.ok(width > 150, `${width}`)
    }
  })
}

test('cement, balloon and space lie inside the broken bone, never between bones', async () => {
  const { widget } = await world.visit()
  await widget.open()
  await widget.ask(ASK.vertebroplasty)
  const reply = await widget.ask(ASK.answer)
  const outside = await widget.log.locator('.picture svg').evaluateAll((drawings) =>
    drawings.flatMap((svg) => {
      const bone = svg.querySelectorAll('.body')[2]
      return [...svg.querySelectorAll('.cement,.balloon,.space')].flatMap((shape) => {
        const length = shape.getTotalLength()
        const points = Array.from({ length: 100 }, (_, i) => shape.getPointAtLength((i / 100) * length))
        return points.filter((point) => !bone.isPointInFill(point)).map(() => shape.getAttribute('class'))
      })
    }),
  )
  assert.deepEqual(outside, [])
  assert.equal(await reply.locator('.cement').count(), 1)
  assert.equal(await reply.locator('.balloon').count(), 1)
})

test('a drawing that comes again is folded; other answers have none', async () => {
  const { widget } = await world.visit()
  await widget.open()
  await widget.ask(ASK.answer)
  const again = await widget.ask('Kyphoplasty, what is that?')
  assert.equal(await again.locator('.picture').getAttribute('open'), null)
  assert.equal(await again.locator('.picture').count(), 1)
  assert.equal(await (await widget.ask(ASK.out_of_scope)).locator('.picture').count(), 0)
})

test('the drawings keep their white paper in the dark and in forced colors', async () => {
  for (const options of [{ colorScheme: 'dark' }, { forcedColors: 'active', colorScheme: 'dark' }]) {
    const { widget } = await world.visit(options)
    await widget.open()
    const reply = await widget.ask(ASK.answer)
    const paper = await reply.locator('.picture rect').first().evaluate((e) => getComputedStyle(e).fill)
    assert.equal(paper, 'rgb(255, 255, 255)')
  }
})
