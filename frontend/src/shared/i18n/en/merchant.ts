export default {
  area: 'Counter',
}
