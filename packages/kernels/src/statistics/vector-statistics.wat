;; Statistics of four pixels at once, one in each lane of a vector. The layout of the memory is that of vector-statistics.ts:
;; the values are nRows rows of stride bytes, the scratch space has rows of 16 bytes. The results are count (i32x4), median (f32x4), mean and
;; standard deviation (f64x2 twice, each).
(module
  (memory (export "memory") 1)

  ;; There are no auxiliary functions, since engines do not inline them. Finite values are those whose difference to themselves is 0.
  ;; Lanes 2 and 3 are shuffled to the place of lanes 0 and 1 before they become numbers or masks of 64 bits.

  ;; iterations 0: no clipping.
  (func (export "statistics")
    (param $values i32) (param $stride i32) (param $nRows i32) (param $scratch i32)
    (param $maxSigma f64) (param $iterations i32) (param $out i32)
    (local $end i32) (local $p i32) (local $q i32) (local $iteration i32)
    (local $x v128) (local $m v128) (local $count v128) (local $kept v128)
    (local $a v128) (local $b v128) (local $sumA v128) (local $sumB v128)
    (local $meanA v128) (local $meanB v128) (local $nA v128) (local $nB v128)
    (local $lowerA v128) (local $lowerB v128) (local $upperA v128) (local $upperB v128)
    (local $sum v128) (local $lo v128) (local $hi v128) (local $mid v128) (local $k v128) (local $below v128)
    (local $first v128) (local $last v128) (local $under v128) (local $over v128)
    (local.set $end (i32.add (local.get $values) (i32.mul (local.get $stride) (local.get $nRows))))
    (local.set $lowerA (f64x2.splat (f64.const -inf)))
    (local.set $lowerB (local.get $lowerA))
    (local.set $upperA (f64x2.splat (f64.const inf)))
    (local.set $upperB (local.get $upperA))

    (if (local.get $iterations) (then
      ;; The scratch space has the values that are kept, NaN in place of the others.
      (local.set $p (local.get $values))
      (local.set $q (local.get $scratch))
      (local.set $count (v128.const i32x4 0 0 0 0))
      (loop $copy
        (if (i32.lt_u (local.get $p) (local.get $end)) (then
          (local.set $x (v128.load (local.get $p)))
          (local.set $m (f32x4.eq (f32x4.sub (local.get $x) (local.get $x)) (v128.const f32x4 0 0 0 0)))
          (local.set $count (i32x4.sub (local.get $count) (local.get $m)))
          (v128.store (local.get $q) (v128.or (local.get $x) (v128.not (local.get $m))))
          (local.set $p (i32.add (local.get $p) (local.get $stride)))
          (local.set $q (i32.add (local.get $q) (i32.const 16)))
          (br $copy))))

      (loop $iterate
        (local.set $nA (f64x2.convert_low_i32x4_s (local.get $count)))
        (local.set $nB (f64x2.convert_low_i32x4_s
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $count) (local.get $count))))
        ;; mean
        (local.set $sumA (v128.const f64x2 0 0))
        (local.set $sumB (v128.const f64x2 0 0))
        (local.set $p (local.get $scratch))
        (local.set $q (i32.add (local.get $scratch) (i32.mul (i32.const 16) (local.get $nRows))))
        (loop $add
          (if (i32.lt_u (local.get $p) (local.get $q)) (then
            (local.set $x (v128.load (local.get $p)))
            (local.set $x (v128.and (local.get $x) (f32x4.eq (local.get $x) (local.get $x))))
            (local.set $sumA (f64x2.add (local.get $sumA) (f64x2.promote_low_f32x4 (local.get $x))))
            (local.set $sumB (f64x2.add (local.get $sumB) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x)))))
            (local.set $p (i32.add (local.get $p) (i32.const 16)))
            (br $add))))
        (local.set $meanA (f64x2.div (local.get $sumA) (local.get $nA)))
        (local.set $meanB (f64x2.div (local.get $sumB) (local.get $nB)))
        ;; standard deviation
        (local.set $sumA (v128.const f64x2 0 0))
        (local.set $sumB (v128.const f64x2 0 0))
        (local.set $p (local.get $scratch))
        (loop $square
          (if (i32.lt_u (local.get $p) (local.get $q)) (then
            (local.set $x (v128.load (local.get $p)))
            (local.set $a (f64x2.sub (f64x2.promote_low_f32x4 (local.get $x)) (local.get $meanA)))
            (local.set $b (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))) (local.get $meanB)))
            (local.set $a (v128.and (local.get $a) (f64x2.eq (local.get $a) (local.get $a))))
            (local.set $b (v128.and (local.get $b) (f64x2.eq (local.get $b) (local.get $b))))
            (local.set $sumA (f64x2.add (local.get $sumA) (f64x2.mul (local.get $a) (local.get $a))))
            (local.set $sumB (f64x2.add (local.get $sumB) (f64x2.mul (local.get $b) (local.get $b))))
            (local.set $p (i32.add (local.get $p) (i32.const 16)))
            (br $square))))
        (local.set $a (f64x2.mul (f64x2.splat (local.get $maxSigma)) (f64x2.sqrt (f64x2.div (local.get $sumA) (local.get $nA)))))
        (local.set $b (f64x2.mul (f64x2.splat (local.get $maxSigma)) (f64x2.sqrt (f64x2.div (local.get $sumB) (local.get $nB)))))
        (local.set $lowerA (f64x2.sub (local.get $meanA) (local.get $a)))
        (local.set $lowerB (f64x2.sub (local.get $meanB) (local.get $b)))
        (local.set $upperA (f64x2.add (local.get $meanA) (local.get $a)))
        (local.set $upperB (f64x2.add (local.get $meanB) (local.get $b)))
        ;; values within the limits
        (local.set $kept (v128.const i32x4 0 0 0 0))
        (local.set $p (local.get $scratch))
        (loop $drop
          (if (i32.lt_u (local.get $p) (local.get $q)) (then
            (local.set $x (v128.load (local.get $p)))
            (local.set $a (f64x2.promote_low_f32x4 (local.get $x)))
            (local.set $b (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))))
            (local.set $m (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.and (f64x2.ge (local.get $a) (local.get $lowerA)) (f64x2.le (local.get $a) (local.get $upperA)))
              (v128.and (f64x2.ge (local.get $b) (local.get $lowerB)) (f64x2.le (local.get $b) (local.get $upperB)))))
            (local.set $kept (i32x4.sub (local.get $kept) (local.get $m)))
            (v128.store (local.get $p) (v128.or (local.get $x) (v128.not (local.get $m))))
            (local.set $p (i32.add (local.get $p) (i32.const 16)))
            (br $drop))))
        (local.set $iteration (i32.add (local.get $iteration) (i32.const 1)))
        (local.set $m (i32x4.ne (local.get $kept) (local.get $count)))
        (local.set $count (local.get $kept))
        (br_if $iterate
          (i32.and (v128.any_true (local.get $m)) (i32.lt_s (local.get $iteration) (local.get $iterations)))))))

    ;; Sum in single precision; sortable integers of the values that take part, the largest one of the others.
    (local.set $sum (v128.const f32x4 0 0 0 0))
    (local.set $count (v128.const i32x4 0 0 0 0))
    (local.set $lo (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
    (local.set $hi (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000))
    (local.set $p (local.get $values))
    (local.set $q (local.get $scratch))
    (loop $final
      (if (i32.lt_u (local.get $p) (local.get $end)) (then
        (local.set $x (v128.load (local.get $p)))
        (local.set $m (f32x4.eq (f32x4.sub (local.get $x) (local.get $x)) (v128.const f32x4 0 0 0 0)))
        (if (local.get $iterations) (then
          (local.set $a (f64x2.promote_low_f32x4 (local.get $x)))
          (local.set $b (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))))
          (local.set $m (v128.andnot (local.get $m) (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.or (f64x2.lt (local.get $a) (local.get $lowerA)) (f64x2.gt (local.get $a) (local.get $upperA)))
            (v128.or (f64x2.lt (local.get $b) (local.get $lowerB)) (f64x2.gt (local.get $b) (local.get $upperB))))))))
        (local.set $count (i32x4.sub (local.get $count) (local.get $m)))
        (local.set $sum (f32x4.add (local.get $sum) (v128.and (local.get $x) (local.get $m))))
        (local.set $x (v128.xor (local.get $x)
          (v128.and (i32x4.shr_s (local.get $x) (i32.const 31)) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))
        (local.set $lo (i32x4.min_s (local.get $lo)
          (v128.bitselect (local.get $x) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff) (local.get $m))))
        (local.set $hi (i32x4.max_s (local.get $hi)
          (v128.bitselect (local.get $x) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000) (local.get $m))))
        (v128.store (local.get $q)
          (v128.bitselect (local.get $x) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff) (local.get $m)))
        (local.set $p (i32.add (local.get $p) (local.get $stride)))
        (local.set $q (i32.add (local.get $q) (i32.const 16)))
        (br $final))))
    (local.set $nA (f64x2.convert_low_i32x4_s (local.get $count)))
    (local.set $nB (f64x2.convert_low_i32x4_s
      (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $count) (local.get $count))))
    (local.set $meanA (f64x2.div (f64x2.promote_low_f32x4 (local.get $sum)) (local.get $nA)))
    (local.set $meanB (f64x2.div (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $sum) (local.get $sum))) (local.get $nB)))

    ;; Squares of the differences from the mean
    (local.set $sumA (v128.const f64x2 0 0))
    (local.set $sumB (v128.const f64x2 0 0))
    (local.set $p (local.get $values))
    (local.set $q (local.get $scratch))
    (loop $deviate
      (if (i32.lt_u (local.get $p) (local.get $end)) (then
        (local.set $x (v128.load (local.get $p)))
        (local.set $m (i32x4.ne (v128.load (local.get $q)) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff)))
        (local.set $a (f64x2.sub (f64x2.promote_low_f32x4 (local.get $x)) (local.get $meanA)))
        (local.set $b (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))) (local.get $meanB)))
        (local.set $sumA (f64x2.add (local.get $sumA)
          (v128.and (i8x16.shuffle 0 1 2 3 0 1 2 3 4 5 6 7 4 5 6 7 (local.get $m) (local.get $m)) (f64x2.mul (local.get $a) (local.get $a)))))
        (local.set $sumB (f64x2.add (local.get $sumB)
          (v128.and (i8x16.shuffle 8 9 10 11 8 9 10 11 12 13 14 15 12 13 14 15 (local.get $m) (local.get $m)) (f64x2.mul (local.get $b) (local.get $b)))))
        (local.set $p (i32.add (local.get $p) (local.get $stride)))
        (local.set $q (i32.add (local.get $q) (i32.const 16)))
        (br $deviate))))

    ;; The upper one of the two values in the middle: the smallest one with more than k values that are not larger. It is
    ;; between lo and hi, which are values; first values are smaller than lo, last ones not larger than hi. A value between them is
    ;; chosen by its rank, and by bisection, in turns.
    (local.set $k (i32x4.shr_u (local.get $count) (i32.const 1)))
    (local.set $first (v128.const i32x4 0 0 0 0))
    (local.set $last (local.get $count))
    (local.set $iteration (i32.const 0))
    (local.set $end (i32.add (local.get $scratch) (i32.mul (i32.const 16) (local.get $nRows))))
    (loop $divide
      (local.set $kept (i32x4.lt_s (local.get $lo) (local.get $hi)))
      (if (v128.any_true (local.get $kept)) (then
        ;; hi - lo may exceed the signed integers; the unsigned half of it does not.
        (local.set $x (i32x4.sub (local.get $hi) (local.get $lo)))
        (if (i32.and (local.get $iteration) (i32.const 1))
          (then (local.set $mid (i32x4.shr_u (local.get $x) (i32.const 1))))
          (else
            (local.set $mid (i32x4.min_u
              (i32x4.trunc_sat_f32x4_u (f32x4.mul
                (f32x4.convert_i32x4_u (local.get $x))
                (f32x4.div
                  (f32x4.add (f32x4.convert_i32x4_s (i32x4.sub (local.get $k) (local.get $first))) (v128.const f32x4 0.5 0.5 0.5 0.5))
                  (f32x4.convert_i32x4_s (i32x4.sub (local.get $last) (local.get $first))))))
              (i32x4.sub (local.get $x) (v128.const i32x4 1 1 1 1))))))
        (local.set $iteration (i32.add (local.get $iteration) (i32.const 1)))
        (local.set $mid (i32x4.add (local.get $lo) (local.get $mid)))
        (local.set $below (v128.const i32x4 0 0 0 0))
        (local.set $under (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000))
        (local.set $over (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
        (local.set $p (local.get $scratch))
        (loop $rank
          (if (i32.lt_u (local.get $p) (local.get $end)) (then
            (local.set $x (v128.load (local.get $p)))
            (local.set $m (i32x4.le_s (local.get $x) (local.get $mid)))
            (local.set $below (i32x4.sub (local.get $below) (local.get $m)))
            (local.set $under (i32x4.max_s (local.get $under) (v128.bitselect (local.get $x) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000) (local.get $m))))
            (local.set $over (i32x4.min_s (local.get $over) (v128.bitselect (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff) (local.get $x) (local.get $m))))
            (local.set $p (i32.add (local.get $p) (i32.const 16)))
            (br $rank))))
        ;; Lanes whose limits are equal keep them.
        (local.set $m (i32x4.gt_s (local.get $below) (local.get $k)))
        (local.set $x (v128.and (local.get $kept) (local.get $m)))
        (local.set $hi (v128.bitselect (local.get $under) (local.get $hi) (local.get $x)))
        (local.set $last (v128.bitselect (local.get $below) (local.get $last) (local.get $x)))
        (local.set $x (v128.andnot (local.get $kept) (local.get $m)))
        (local.set $lo (v128.bitselect (local.get $over) (local.get $lo) (local.get $x)))
        (local.set $first (v128.bitselect (local.get $below) (local.get $first) (local.get $x)))
        (br $divide))))
    ;; The lower one: the same if there are not more than k - 1 smaller values, otherwise the largest of these.
    (local.set $below (v128.const i32x4 0 0 0 0))
    (local.set $mid (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000))
    (local.set $p (local.get $scratch))
    (loop $lower
      (if (i32.lt_u (local.get $p) (local.get $end)) (then
        (local.set $x (v128.load (local.get $p)))
        (local.set $m (i32x4.lt_s (local.get $x) (local.get $lo)))
        (local.set $below (i32x4.sub (local.get $below) (local.get $m)))
        (local.set $mid (i32x4.max_s (local.get $mid)
          (v128.bitselect (local.get $x) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000) (local.get $m))))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $lower))))
    (local.set $mid (v128.bitselect (local.get $mid) (local.get $lo)
      ;; an even number of values, k of them smaller than the upper one
      (v128.and
        (i32x4.eq (v128.and (local.get $count) (v128.const i32x4 1 1 1 1)) (v128.const i32x4 0 0 0 0))
        (i32x4.ge_s (local.get $below) (local.get $k)))))
    ;; Integers back to values; the sign bit of both is the same.
    (local.set $lo (v128.xor (local.get $lo)
      (v128.and (i32x4.shr_s (local.get $lo) (i32.const 31)) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))
    (local.set $mid (v128.xor (local.get $mid)
      (v128.and (i32x4.shr_s (local.get $mid) (i32.const 31)) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))

    (v128.store (local.get $out) (local.get $count))
    ;; The mean of two equal values is the value.
    (v128.store offset=16 (local.get $out) (v128.bitselect
      (local.get $lo)
      (f32x4.mul (f32x4.add (local.get $lo) (local.get $mid)) (v128.const f32x4 0.5 0.5 0.5 0.5))
      (i32x4.eq (local.get $lo) (local.get $mid))))
    (v128.store offset=32 (local.get $out) (local.get $meanA))
    (v128.store offset=48 (local.get $out) (local.get $meanB))
    (v128.store offset=64 (local.get $out) (f64x2.sqrt (f64x2.div (local.get $sumA) (local.get $nA))))
    (v128.store offset=80 (local.get $out) (f64x2.sqrt (f64x2.div (local.get $sumB) (local.get $nB)))))
)
