import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// The dev server hands everything but the app itself to the running binary.
const server = process.env.ONESTREET_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'true', // Vant needs it
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    cssTarget: ['chrome61', 'safari13'],
    assetsInlineLimit: 1024,
    chunkSizeWarningLimit: 400,
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
