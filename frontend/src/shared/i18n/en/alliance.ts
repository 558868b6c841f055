export default {
  area: 'Alliance',
}
