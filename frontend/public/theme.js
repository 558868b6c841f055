// Runs before the first paint, so that the street never flashes in the wrong light.
(function () {
  var choice = null
  try { choice = localStorage.getItem('onestreet.theme') } catch (e) { /* storage may be closed */ }
  var night = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = choice === 'dark' || choice === 'light' ? choice : night ? 'dark' : 'light'
})()
