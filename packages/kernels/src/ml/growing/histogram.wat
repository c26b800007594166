;; Adds the gradients of rows to histograms of their binned features. histogram-memory.ts documents the arrays and has the implementation
;; in plain JavaScript, with results equal bit by bit. `npm run wasm` compiles this file.
(module
  (memory (import "memory" "memory") 1)

  ;; sums[feature][bin] += pairs[row], for the rows of a node
  (func (export "addRows")
    (param $bins i32)        ;; u8[row][nFeatures]
    (param $nFeatures i32)
    (param $pairs i32)       ;; f64[row][2]: gradient and hessian
    (param $rows i32)        ;; i32[]: row numbers of the node
    (param $nRows i32)
    (param $sums i32)        ;; result, f64[nFeatures][256][2]
    (local $end i32) (local $row i32) (local $bin i32) (local $lastBin i32) (local $histogram i32) (local $at i32)
    (local $pair v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.add (local.get $bins) (i32.mul (local.get $row) (local.get $nFeatures))))
        (local.set $lastBin (i32.add (local.get $bin) (local.get $nFeatures)))
        (local.set $histogram (local.get $sums))
        (loop $nextFeature
          (local.set $at (i32.add (local.get $histogram) (i32.shl (i32.load8_u (local.get $bin)) (i32.const 4))))
          (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
          (local.set $histogram (i32.add (local.get $histogram) (i32.const 4096)))
          (local.set $bin (i32.add (local.get $bin) (i32.const 1)))
          (br_if $nextFeature (i32.lt_u (local.get $bin) (local.get $lastBin))))
        (br $nextRow))))

  ;; the same, and counts[feature][bin] += 1
  (func (export "countRows")
    (param $bins i32) (param $nFeatures i32) (param $pairs i32) (param $rows i32) (param $nRows i32) (param $sums i32)
    (param $counts i32)      ;; result, i32[nFeatures][256]
    (local $end i32) (local $row i32) (local $bin i32) (local $lastBin i32) (local $histogram i32) (local $at i32)
    (local $count i32) (local $value i32)
    (local $pair v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.add (local.get $bins) (i32.mul (local.get $row) (local.get $nFeatures))))
        (local.set $lastBin (i32.add (local.get $bin) (local.get $nFeatures)))
        (local.set $histogram (local.get $sums))
        (local.set $count (local.get $counts))
        (loop $nextFeature
          (local.set $value (i32.load8_u (local.get $bin)))
          (local.set $at (i32.add (local.get $histogram) (i32.shl (local.get $value) (i32.const 4))))
          (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
          (local.set $at (i32.add (local.get $count) (i32.shl (local.get $value) (i32.const 2))))
          (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
          (local.set $histogram (i32.add (local.get $histogram) (i32.const 4096)))
          (local.set $count (i32.add (local.get $count) (i32.const 1024)))
          (local.set $bin (i32.add (local.get $bin) (i32.const 1)))
          (br_if $nextFeature (i32.lt_u (local.get $bin) (local.get $lastBin))))
        (br $nextRow)))))
