// The example for other web clients, under the same strict policy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertAccessible } from './support/axe.mjs'
import { BASE } from './support/browser.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()

test('the plain fetch example asks, answers with its disclaimer, and is accessible', async () => {
  const { page, seen } = await world.visit({ url: `${BASE}/fetch-client.html` })
  await page.getByLabel('Your question').fill('What is kyphoplasty?')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/This is general information|not medical advice/).nth(1).waitFor()
  await page.getByText(/^Source: /).first().waitFor()
  await assertAccessible(page, 'fetch example')
  assert.deepEqual(seen, { errors: [], violations: [], dialogs: [], foreign: [] })
})
