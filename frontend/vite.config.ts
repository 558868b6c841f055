import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The dev server hands everything but the app itself to the running binary.
const server = process.env.ONESTREET_DEV_SERVER ?? 'http://127.0.0.1:8080'

/**
 * The stylesheets go to the end of the body: what stands in index.html shows its first light without waiting
 * for them, and the app itself (a deferred module) still waits. The app's own sheet, which is the page's ground,
 * comes first, as in the sources: what a part says of the same element says it after.
 */
function stylesLast(): Plugin {
  return {
    name: 'styles-last',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const ground = (sheet: string) => Number(!/\/index-[^/]*\.css/.test(sheet))
        const sheets = (html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? []).sort((a, b) => ground(a) - ground(b))
        return sheets.reduce((rest, sheet) => rest.replace(sheet, ''), html).replace('</body>', `${sheets.join('')}\n</body>`)
      },
    },
  }
}

/**
 * Without a network the app still opens: the shell is kept, and the card and the wallet come from the
 * phone's own shelf (src/shared/offline). The API itself is never answered from a cache.
 */
function pwa() {
  return VitePWA({
    injectRegister: null, // src/shared/offline/worker.ts registers it: no inline scripts
    registerType: 'prompt',
    manifest: {
      id: '/', name: '一条街', short_name: '一条街', description: '一条街的店，一张会员，一份街谈', lang: 'zh-CN',
      start_url: '/', display: 'standalone', theme_color: '#2C4859', background_color: '#FAF6F0',
      icons: [
        { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,svg,webmanifest}', 'icons/icon-192.png'],
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/api\//, /^\/docs/, /^\/openapi/, /^\/\.well-known\//, /^\/(healthz|readyz|metrics)$/],
      runtimeCaching: [{
        urlPattern: /\/api\/v1\/photos\/[^/]+\/(full|thumb)\.jpg$/,
        handler: 'CacheFirst', // a photo never changes under its address
        options: { cacheName: 'photos', expiration: { maxEntries: 120, maxAgeSeconds: 30 * 24 * 3600 } },
      }],
      cleanupOutdatedCaches: true,
      sourcemap: false,
    },
  })
}

export default defineConfig({
  plugins: [vue(), pwa(), stylesLast()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: 'dist/app',
    manifest: true, // scripts/size.mjs reads it
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    cssTarget: ['chrome61', 'safari13'],
    assetsInlineLimit: 1024,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      output: {
        // A handful of parts instead of fifty crumbs: each is a round trip on a slow phone. What draws QR codes stays out
        // of them, for the street's page has none.
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules\/(@vue|vue|vue-router|vue-i18n|@intlify|pinia|openapi-fetch|idb)\//, priority: 3 },
            { name: 'core', test: /src\/shared\/(api|session|realtime|offline)\/|src\/shared\/format\/(?!qr)|vite\/preload-helper/, priority: 3 },
            { name: 'parts', test: /src\/shared\/(components\/(?!QrBox)|composables\/|styles\/)/, minShareCount: 3, priority: 2 },
            { name: 'shopper', test: /src\/shopper\/(components|composables)\//, minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true, changeOrigin: true },
      '/.well-known': server,
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    env: { TZ: 'America/New_York' }, // nothing may depend on the machine's zone
  },
})
