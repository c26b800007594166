;; The loop over the values of Huffman streams. huffman-decoder.ts contains the same in plain JavaScript, with equal results. Arrays are
;; passed as offsets into memory; huffman-kernel.ts allocates them. `npm run wasm` compiles this file.
(module
  (memory (export "memory") 1)

  ;; Decodes values by look-ups of one or two symbols, and codes that are longer than a look-up bit by bit. Stops within the last six
  ;; values, at the end of the input, and at undefined codes. Returns the number of values; stores the number of bits at $state.
  ;; Tables of the code are at fixed places, which saves additions to what the next look-up waits for:
  ;;   16      u32[2^15]: symbols of a look-up
  ;;   131088  u8[2^15]: number of bits, with 0x80 for two symbols; 0 for longer codes. Shift counts are taken modulo 64.
  (func (export "decode")
    (param $bytes i32)      ;; u8[], readable up to 8 bytes beyond $nBits
    (param $bit i32)        ;; position of the first bit
    (param $nBits i32)
    (param $mask i32)       ;; of the bits of a look-up, at most 15 of them
    (param $tree i32)       ;; i32[][2]: children of nodes, -1 - symbol for leaves, 0 for undefined codes
    (param $values i32)     ;; result, u16[$count]
    (param $count i32)
    (param $state i32)      ;; result, i32[3]: number of bits; before and after the call: the last two values, the older one first
    (param $smooths i32)    ;; -1 to add the mean of the two values before to each value; else 0
    (result i32)
    (local $first i32) (local $second i32) (local $pair i32) (local $two i32) (local $mean i32)
    (local $bits i64) (local $length i32) (local $look i32) (local $out i32) (local $stop i32) (local $node i32) (local $from i32)
    (local $before i32) (local $last i32)
    (local.set $out (local.get $values))
    (local.set $before (i32.load offset=4 (local.get $state)))
    (local.set $last (i32.load offset=8 (local.get $state)))
    ;; a round writes up to six values
    (local.set $stop (i32.add (local.get $values) (i32.shl (i32.sub (local.get $count) (i32.const 6)) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.gt_s (local.get $out) (local.get $stop)))
        (br_if $done (i32.ge_s (local.get $bit) (local.get $nBits)))
        (block $long
          ;; at least 57 bits, enough for three look-ups
          (local.set $bits (i64.shr_u
            (i64.load (i32.add (local.get $bytes) (i32.shr_u (local.get $bit) (i32.const 3))))
            (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7)))))

          (local.set $look (i32.and (i32.wrap_i64 (local.get $bits)) (local.get $mask)))
          (local.set $length (i32.load8_u offset=131088 (local.get $look)))
          (br_if $long (i32.eqz (local.get $length)))
          (local.set $pair (i32.load offset=16 (i32.shl (local.get $look) (i32.const 2))))
          (local.set $two (i32.shr_u (local.get $length) (i32.const 7)))
          (local.set $mean (i32.add (local.get $before) (local.get $last)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $first (i32.extend16_s (i32.add (local.get $pair) (local.get $mean))))
          (local.set $mean (i32.add (local.get $last) (local.get $first)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $second (i32.extend16_s (i32.add (i32.shr_u (local.get $pair) (i32.const 16)) (local.get $mean))))
          (i32.store16 (local.get $out) (local.get $first))
          (i32.store16 offset=2 (local.get $out) (local.get $second))
          (local.set $before (select (local.get $first) (local.get $last) (local.get $two)))
          (local.set $last (select (local.get $second) (local.get $first) (local.get $two)))
          (local.set $out (i32.add (local.get $out) (i32.add (i32.const 2) (i32.shl (local.get $two) (i32.const 1)))))
          (local.set $bits (i64.shr_u (local.get $bits) (i64.extend_i32_u (local.get $length))))
          (local.set $bit (i32.add (local.get $bit) (i32.and (local.get $length) (i32.const 0x7f))))

          (local.set $look (i32.and (i32.wrap_i64 (local.get $bits)) (local.get $mask)))
          (local.set $length (i32.load8_u offset=131088 (local.get $look)))
          (br_if $long (i32.eqz (local.get $length)))
          (local.set $pair (i32.load offset=16 (i32.shl (local.get $look) (i32.const 2))))
          (local.set $two (i32.shr_u (local.get $length) (i32.const 7)))
          (local.set $mean (i32.add (local.get $before) (local.get $last)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $first (i32.extend16_s (i32.add (local.get $pair) (local.get $mean))))
          (local.set $mean (i32.add (local.get $last) (local.get $first)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $second (i32.extend16_s (i32.add (i32.shr_u (local.get $pair) (i32.const 16)) (local.get $mean))))
          (i32.store16 (local.get $out) (local.get $first))
          (i32.store16 offset=2 (local.get $out) (local.get $second))
          (local.set $before (select (local.get $first) (local.get $last) (local.get $two)))
          (local.set $last (select (local.get $second) (local.get $first) (local.get $two)))
          (local.set $out (i32.add (local.get $out) (i32.add (i32.const 2) (i32.shl (local.get $two) (i32.const 1)))))
          (local.set $bits (i64.shr_u (local.get $bits) (i64.extend_i32_u (local.get $length))))
          (local.set $bit (i32.add (local.get $bit) (i32.and (local.get $length) (i32.const 0x7f))))

          (local.set $look (i32.and (i32.wrap_i64 (local.get $bits)) (local.get $mask)))
          (local.set $length (i32.load8_u offset=131088 (local.get $look)))
          (br_if $long (i32.eqz (local.get $length)))
          (local.set $pair (i32.load offset=16 (i32.shl (local.get $look) (i32.const 2))))
          (local.set $two (i32.shr_u (local.get $length) (i32.const 7)))
          (local.set $mean (i32.add (local.get $before) (local.get $last)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $first (i32.extend16_s (i32.add (local.get $pair) (local.get $mean))))
          (local.set $mean (i32.add (local.get $last) (local.get $first)))
          (local.set $mean (i32.and (local.get $smooths)
            (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))
          (local.set $second (i32.extend16_s (i32.add (i32.shr_u (local.get $pair) (i32.const 16)) (local.get $mean))))
          (i32.store16 (local.get $out) (local.get $first))
          (i32.store16 offset=2 (local.get $out) (local.get $second))
          (local.set $before (select (local.get $first) (local.get $last) (local.get $two)))
          (local.set $last (select (local.get $second) (local.get $first) (local.get $two)))
          (local.set $out (i32.add (local.get $out) (i32.add (i32.const 2) (i32.shl (local.get $two) (i32.const 1)))))
          (local.set $length (i32.and (local.get $length) (i32.const 0x7f)))
          (local.set $bit (i32.add (local.get $bit) (local.get $length)))
          (br $next))
        (local.set $from (local.get $bit))
        (local.set $node (i32.const 0))
        (block $undefined
          (loop $walk
            (br_if $undefined (i32.ge_s (local.get $bit) (local.get $nBits)))
            (local.set $node (i32.load (i32.add (local.get $tree) (i32.shl
              (i32.add
                (i32.shl (local.get $node) (i32.const 1))
                (i32.and
                  (i32.shr_u
                    (i32.load8_u (i32.add (local.get $bytes) (i32.shr_u (local.get $bit) (i32.const 3))))
                    (i32.and (local.get $bit) (i32.const 7)))
                  (i32.const 1)))
              (i32.const 2)))))
            (local.set $bit (i32.add (local.get $bit) (i32.const 1)))
            (br_if $walk (i32.gt_s (local.get $node) (i32.const 0))))
          (br_if $undefined (i32.eqz (local.get $node)))
          (local.set $mean (i32.add (local.get $before) (local.get $last)))
          (local.set $before (local.get $last))
          (local.set $last (i32.extend16_s (i32.add
            (i32.sub (i32.const -1) (local.get $node))
            (i32.and (local.get $smooths)
              (i32.shr_s (i32.add (local.get $mean) (i32.shr_u (local.get $mean) (i32.const 31))) (i32.const 1))))))
          (i32.store16 (local.get $out) (local.get $last))
          (local.set $out (i32.add (local.get $out) (i32.const 2)))
          (br $next))
        (local.set $bit (local.get $from))))
    (i32.store (local.get $state) (local.get $bit))
    (i32.store offset=4 (local.get $state) (local.get $before))
    (i32.store offset=8 (local.get $state) (local.get $last))
    (i32.shr_u (i32.sub (local.get $out) (local.get $values)) (i32.const 1)))
)
