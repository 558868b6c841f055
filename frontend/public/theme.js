// Runs before the first paint, so that the street never flashes in the wrong light or the wrong size of letters.
(function () {
  var choice = null
  try { choice = localStorage.getItem('onestreet.theme') } catch (e) { /* storage may be closed */ }
  var size = null
  try { size = localStorage.getItem('onestreet.size') } catch (e) { /* storage may be closed */ }
  if (size === 'large') document.documentElement.style.fontSize = '112.5%'
  if (size === 'huge') document.documentElement.style.fontSize = '125%'
  var night = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = choice === 'dark' || choice === 'light' ? choice : night ? 'dark' : 'light'
})()
