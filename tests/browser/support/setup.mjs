import { after, afterEach, before } from 'node:test'
import { launch, watchedPage } from './browser.mjs'

/**
 * One browser for a test file. Pages are closed after each test: those that stay open
 * would slow down the next ones.
 *
 * @returns `visit(options)` opens a watched page in a profile of its own.
 */
export function useBrowser() {
  const world = {}
  let contexts = []
  before(async () => {
    world.browser = await launch()
    world.visit = async (options) => {
      const visit = await watchedPage(world.browser, options)
      contexts.push(visit.context)
      return visit
    }
  })
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
  })
  after(() => world.browser?.close())
  return world
}
