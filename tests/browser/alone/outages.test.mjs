// The real servers die, hang and come back; open pages go on. One story, in this order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertAccessible } from '../support/axe.mjs'
import { useBrowser } from '../support/setup.mjs'
import { order } from '../support/switch.mjs'

const world = useBrowser()
const QUESTION = 'What is kyphoplasty?'

async function opened(options) {
  const visit = await world.visit(options)
  await visit.widget.open()
  return visit
}

/** Asks where nobody answers: it is said, and there is a button to try again. */
async function unanswered(widget, question) {
  await widget.type(question)
  await widget.alert.getByText(/cannot reach the server.*question is kept/).waitFor()
  await widget.retry.waitFor()
}

test('Rasa hangs: "still working" at 6 s, and the answer when it goes on', async () => {
  const { widget } = await opened()
  await order('rasa', 'hold')
  await widget.type(QUESTION)
  await widget.status.getByText('Still working').waitFor()
  await order('rasa', 'go_on')
  const reply = await widget.next(1)
  assert.equal(await reply.locator('.sources').count(), 1)
})

test('the action server dies, Rasa dies, both come back', async () => {
  const asking = await opened()
  await asking.widget.ask(QUESTION)
  const apologized = await opened()
  const deleting = await opened({ colorScheme: 'dark' })
  await deleting.widget.ask(QUESTION)
  const closed = await world.visit()

  await order('actions', 'kill')
  const apology = await apologized.widget.ask(QUESTION)
  await apology.getByRole('heading', { name: 'Something went wrong' }).waitFor()
  assert.match(await apology.locator('.calls a').getAttribute('href'), /^tel:\d{7,}$/)
  assert.match(await apology.locator('.disclaimer').textContent(), /medical advice.*911/)
  assert.equal(await apologized.widget.input.inputValue(), QUESTION)
  await assertAccessible(apologized.page, 'action server dead')
  // A red flag is found before the action server is asked.
  await apologized.widget.ask('I cannot breathe and my chest hurts')
  await apologized.widget.log.getByRole('heading', { name: 'This may be an emergency' }).waitFor()

  await order('rasa', 'kill')
  await unanswered(asking.widget, 'How do the two procedures differ?')
  await assertAccessible(asking.page, 'server dead')
  await asking.widget.retry.click()
  await asking.widget.retry.waitFor()
  assert.equal(await asking.widget.questions.count(), 2, 'trying again asks nothing twice')

  await deleting.page.getByRole('button', { name: 'Start again' }).click()
  await deleting.page.getByRole('button', { name: 'Yes, delete it' }).click()
  await deleting.widget.retry.waitFor()
  assert.match(await deleting.widget.alert.textContent(), /could not be deleted/)
  assert.equal(await deleting.widget.questions.count(), 1)
  await assertAccessible(deleting.page, 'server dead, dark')

  // Opened while nobody answers: no question is kept before there is one.
  await closed.widget.launcher.click()
  await closed.widget.retry.waitFor()
  assert.doesNotMatch(await closed.widget.alert.textContent(), /kept/)
  await unanswered(closed.widget, QUESTION)
  assert.equal(await closed.widget.input.inputValue(), QUESTION)
  assert.equal(await closed.widget.questions.count(), 0)

  await Promise.all([order('actions', 'start'), order('rasa', 'start')])
  await asking.widget.retry.click()
  await asking.widget.next(2)
  assert.equal(await asking.widget.alert.textContent(), '')
  await asking.page.reload()
  await asking.widget.open()
  assert.equal(await asking.widget.questions.count(), 2, 'the conversation outlived the server')

  await deleting.widget.retry.click()
  await deleting.widget.status.getByText('was deleted').waitFor()
  assert.equal(await deleting.widget.questions.count(), 0)

  await closed.widget.retry.click()
  await closed.widget.replies.first().waitFor()
  await closed.widget.idle()
  await closed.widget.input.press('Enter')
  await closed.widget.next(1)

  await apologized.widget.input.fill(QUESTION)
  await apologized.widget.input.press('Enter')
  const answer = await apologized.widget.next(3)
  assert.equal(await answer.locator('.sources').count(), 1)
})
