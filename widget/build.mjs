// Builds dist/widget.js; with --check, proves that it is what the source builds.
import { readFile, writeFile, mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync, brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const OUT = fileURLToPath(new URL('dist/widget.js', import.meta.url))
const TARGET = ['es2022', 'chrome100', 'firefox100', 'safari15.4']

/** Style sheets are imported as text, minified: they go into adoptedStyleSheets. */
const cssAsText = {
  name: 'css-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8')
      const { code } = await transform(css, { loader: 'css', minify: true, target: TARGET })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: ['src/index.ts'],
  bundle: true,
  minify: true,
  format: 'iife',
  charset: 'utf8',
  target: TARGET,
  legalComments: 'none',
  plugins: [cssAsText],
  write: false,
  logLevel: 'warning',
})
const built = Buffer.from(outputFiles[0].contents)

if (process.argv.includes('--check')) {
  const shipped = await readFile(OUT).catch(() => Buffer.alloc(0))
  if (!shipped.equals(built)) {
    console.error('dist/widget.js is not what the source builds. Run: npm run build')
    process.exit(1)
  }
} else {
  await mkdir(new URL('dist/', import.meta.url), { recursive: true })
  await writeFile(OUT, built)
}
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
console.log(
  `widget.js: ${kilobytes(built.length)} raw, ` +
    `${kilobytes(gzipSync(built, { level: 9 }).length)} gzip, ` +
    `${kilobytes(brotliCompressSync(built).length)} brotli`,
)
