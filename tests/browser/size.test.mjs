// What a clinic's page has to carry: printed, capped.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { figure } from './support/figures.mjs'

const WIDGET = new URL('../../widget/', import.meta.url)
const GOAL = 15 * 1024
const CAP = 20 * 1024

test('the built file stays under 20 KB gzipped', async () => {
  const built = await readFile(new URL('dist/widget.js', WIDGET))
  const gzip = gzipSync(built, { level: 9 }).length
  const brotli = brotliCompressSync(built).length
  figure('bundle', 'widget.js', `${built.length} bytes raw, ${gzip} gzip, ${brotli} brotli (goal ${GOAL} gzip, cap ${CAP})`)
  assert.ok(gzip <= CAP, `${gzip} bytes gzipped are more than ${CAP}`)
})

test('it has no dependency at run time, and the lock file names no registry', async () => {
  const manifest = JSON.parse(await readFile(new URL('package.json', WIDGET), 'utf8'))
  const lock = await readFile(new URL('package-lock.json', WIDGET), 'utf8')
  assert.equal(manifest.dependencies, undefined)
  for (const version of Object.values(manifest.devDependencies)) assert.match(version, /^\d/)
  assert.doesNotMatch(lock, /https?:\/\//)
})

test('no source parses text as HTML', async () => {
  const built = await readFile(new URL('dist/widget.js', WIDGET), 'utf8')
  assert.doesNotMatch(built, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function/)
})
