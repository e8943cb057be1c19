const FACTOR = 2;
function double(n) {
  return n * FACTOR;
}
