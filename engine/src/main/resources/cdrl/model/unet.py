class Unet(Module):
  __parameters__ = []
  __buffers__ = []
  # A U-Net and its gradient, written out. The plan says what to do, one number after another: a
  # negative number appends features that were kept to -number channels, 0 keeps the features for
  # that, 1 attends, and 2 or more is a residual block: 2 + 2 * (0, 1 halving, 2 doubling the
  # resolution) + (1 with a shortcut).
  # Images are in channels-last layout; convolutions and what lies between them use the dtype of the
  # input, statistics and everything per item are in float32.
  def whiten(self: __torch__.Unet, x: Tensor) -> Tuple[Tensor, Tensor]:
    # Group normalization with 32 groups, without scale and shift; also 1 / the standard deviation.
    n = torch.size(x, 0)
    channels = torch.size(x, 1)
    pixels = torch.size(x, 2) * torch.size(x, 3)
    if pixels >= 1024:
      white, _0, inverse = torch.native_group_norm(x, None, None, n, channels, pixels, 32, 9.9999999999999995e-07)
      inverse = torch.view(torch.to(inverse, 6), [n, 32])
    else:
      # The engine's own is slow for small images in this layout.
      count = pixels * channels / 32
      mean = torch.sum(torch.view(torch.sum(x, [2, 3], False, dtype=6), [n, 32, -1]), [2], False) / count
      white = torch.sub(x, (self).pixels(torch.repeat_interleave(mean, channels // 32, 1), x, ))
      square = torch.sum(torch.mul(white, white), [2, 3], False, dtype=6)
      variance = torch.sum(torch.view(square, [n, 32, -1]), [2], False) / count
      inverse = torch.rsqrt(variance + 9.9999999999999995e-07)
      white = torch.mul_(white, (self).pixels(torch.repeat_interleave(inverse, channels // 32, 1), x, ))
    return (white, inverse)
  def pixels(self: __torch__.Unet, x: Tensor, like: Tensor) -> Tensor:
    # One number per channel, or per item and channel, shaped and typed to meet images.
    return torch.to(torch.view(x, [-1, torch.size(x, -1), 1, 1]), like)
  def affine(self: __torch__.Unet, x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    return torch.addcmul((self).pixels(shift, x, ), (self).pixels(scale, x, ), x)
  def whiten_backward(self: __torch__.Unet, gradient: Tensor, white: Tensor, inverse: Tensor, scale: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # Through scale, shift and normalization; also the gradients of scale and shift, per item.
    n = torch.size(white, 0)
    channels = torch.size(white, 1)
    count = torch.size(white, 2) * torch.size(white, 3) * channels / 32
    shifts = torch.sum(gradient, [2, 3], False, dtype=6)
    scales = torch.sum(torch.mul(gradient, white), [2, 3], False, dtype=6)
    mean = torch.sum(torch.view(shifts * scale, [n, 32, -1]), [2], False) / count
    slope = torch.sum(torch.view(scales * scale, [n, 32, -1]), [2], False) / count
    width = channels // 32
    factor = torch.repeat_interleave(inverse, width, 1)
    constant = torch.repeat_interleave(torch.neg(inverse * mean), width, 1)
    linear = torch.repeat_interleave(torch.neg(inverse * slope), width, 1)
    out = (self).affine(white, linear, constant, )
    out = torch.addcmul_(out, (self).pixels(factor * scale, white, ), gradient)
    return (out, scales, shifts)
  def convolve(self: __torch__.Unet, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    margin = torch.size(weight, 2) // 2
    return torch.conv2d(x, (self).kernel(weight, x, ), torch.to(bias, x), [1, 1], [margin, margin])
  def kernel(self: __torch__.Unet, weight: Tensor, like: Tensor) -> Tensor:
    return torch.contiguous(torch.to(weight, like), memory_format=2)
  def convolve_backward(self: __torch__.Unet, gradient: Tensor, x: Tensor, weight: Tensor, gradients: List[Tensor], at: int, inputs: bool) -> Tensor:
    # The gradient of the input, if wanted; those of weight and bias go into the list.
    margin = torch.size(weight, 2) // 2
    out, weights, bias = torch.convolution_backward(gradient, x, (self).kernel(weight, x, ), [torch.size(weight, 0)], [1, 1], [margin, margin], [1, 1], False, [0, 0], 1, [inputs, True, True])
    gradients[at] = torch.contiguous(torch.to(weights, 6))
    gradients[at + 1] = torch.to(bias, 6)
    return out
  def resample(self: __torch__.Unet, x: Tensor, how: int) -> Tensor:
    if how == 1:
      out = torch.avg_pool2d(x, [2, 2], [2, 2])
    elif how == 2:
      out = torch.upsample_nearest2d(x, [torch.size(x, 2) * 2, torch.size(x, 3) * 2], None, None)
    else:
      out = x
    return out
  def resample_backward(self: __torch__.Unet, gradient: Tensor, how: int) -> Tensor:
    if how == 1:
      out = torch.mul_((self).resample(gradient, 2, ), 0.25)
    elif how == 2:
      out = torch.mul_((self).resample(gradient, 1, ), 4)
    else:
      out = gradient
    return out
  def keep(self: __torch__.Unet, x: Tensor, rate: float) -> Tensor:
    # The factors of dropout, from 15 random bits each.
    half = (torch.numel(x) + 1) // 2
    words = torch.random_(torch.new_empty(x, [half], dtype=3))
    bits = torch.cat([torch.bitwise_and(words, 32767), torch.bitwise_right_shift(words, 16)], 0)
    kept = torch.to(torch.ge(bits, int(rate * 32768 + 0.5)), x)
    kept = torch.mul_(kept, 1 / (1 - rate))
    kept = torch.view(torch.slice(kept, 0, 0, torch.numel(x)), [torch.size(x, 0), torch.size(x, 2), torch.size(x, 3), torch.size(x, 1)])
    return torch.permute(kept, [0, 3, 1, 2])
  def block(self: __torch__.Unet, x: Tensor, code: int, level: Tensor, rate: float, weights: List[Tensor], at: int, saved: List[Tensor]) -> Tensor:
    how = (code - 2) // 2
    white1, inverse1 = (self).whiten(x, )
    bent1 = (self).affine(white1, weights[at], weights[at + 1], )
    straight = (self).resample(x, how, )
    hidden1 = (self).resample(torch.silu(bent1), how, )
    middle = (self).convolve(hidden1, weights[at + 2], weights[at + 3], )
    scale, shift = torch.chunk(torch.linear(level, weights[at + 8], weights[at + 9]), 2, 1)
    white2, inverse2 = (self).whiten(middle, )
    scale = scale + 1
    bent2 = (self).affine(white2, weights[at + 4] * scale, weights[at + 5] * scale + shift, )
    hidden2 = torch.silu(bent2)
    kept = torch.new_zeros(scale, [0])
    if rate > 0:
      kept = (self).keep(hidden2, rate, )
      hidden2 = torch.mul_(hidden2, kept)
    out = (self).convolve(hidden2, weights[at + 6], weights[at + 7], )
    if (code - 2) % 2 == 1:
      out = torch.add_(out, (self).convolve(straight, weights[at + 10], weights[at + 11], ))
    else:
      out = torch.add_(out, straight)
    for tensor in [white1, inverse1, bent1, straight, hidden1, scale, white2, inverse2, bent2, kept, hidden2]:
      _0 = torch.append(saved, tensor)
    return out
  def block_backward(self: __torch__.Unet, gradient: Tensor, code: int, level: Tensor, weights: List[Tensor], at: int, saved: List[Tensor], gradients: List[Tensor]) -> Tuple[Tensor, Tensor]:
    # The gradients of the features and of the noise level.
    how = (code - 2) // 2
    hidden2 = torch.pop(saved)
    kept = torch.pop(saved)
    bent2 = torch.pop(saved)
    inverse2 = torch.pop(saved)
    white2 = torch.pop(saved)
    scale = torch.pop(saved)
    hidden1 = torch.pop(saved)
    straight = torch.pop(saved)
    bent1 = torch.pop(saved)
    inverse1 = torch.pop(saved)
    white1 = torch.pop(saved)
    inner = (self).convolve_backward(gradient, hidden2, weights[at + 6], gradients, at + 6, True, )
    if torch.numel(kept) > 0:
      inner = torch.mul_(inner, kept)
    inner = torch.silu_backward(inner, bent2)
    inner, scales, shifts = (self).whiten_backward(inner, white2, inverse2, weights[at + 4] * scale, )
    gradients[at + 4] = torch.sum(scales * scale, [0], False)
    gradients[at + 5] = torch.sum(shifts * scale, [0], False)
    modulation = torch.cat([scales * weights[at + 4] + shifts * weights[at + 5], shifts], 1)
    gradients[at + 8] = torch.matmul(torch.t(modulation), level)
    gradients[at + 9] = torch.sum(modulation, [0], False)
    inner = (self).convolve_backward(inner, hidden1, weights[at + 2], gradients, at + 2, True, )
    inner = torch.silu_backward((self).resample_backward(inner, how, ), bent1)
    inner, scales, shifts = (self).whiten_backward(inner, white1, inverse1, weights[at], )
    gradients[at] = torch.sum(scales, [0], False)
    gradients[at + 1] = torch.sum(shifts, [0], False)
    if (code - 2) % 2 == 1:
      gradient = (self).convolve_backward(gradient, straight, weights[at + 10], gradients, at + 10, True, )
    inner = torch.add_(inner, (self).resample_backward(gradient, how, ))
    return (inner, torch.matmul(modulation, weights[at + 8]))
  def attend(self: __torch__.Unet, x: Tensor, weights: List[Tensor], at: int, saved: List[Tensor]) -> Tensor:
    white, inverse = (self).whiten(x, )
    bent = (self).affine(white, weights[at], weights[at + 1], )
    parts = (self).tokens((self).convolve(bent, weights[at + 2], weights[at + 3], ), )
    query, key, value = torch.chunk(parts, 3, 2)
    query = query * torch.pow(torch.size(x, 1), -0.5)
    attention = torch.softmax(torch.matmul(query, torch.transpose(key, 1, 2)), 2, None)
    mixed = (self).images(torch.matmul(attention, value), x, )
    for tensor in [white, inverse, bent, query, key, value, attention, mixed]:
      _0 = torch.append(saved, tensor)
    return torch.add_((self).convolve(mixed, weights[at + 4], weights[at + 5], ), x)
  def attend_backward(self: __torch__.Unet, gradient: Tensor, weights: List[Tensor], at: int, saved: List[Tensor], gradients: List[Tensor]) -> Tensor:
    mixed = torch.pop(saved)
    attention = torch.pop(saved)
    value = torch.pop(saved)
    key = torch.pop(saved)
    query = torch.pop(saved)
    bent = torch.pop(saved)
    inverse = torch.pop(saved)
    white = torch.pop(saved)
    inner = (self).tokens((self).convolve_backward(gradient, mixed, weights[at + 4], gradients, at + 4, True, ), )
    scores = torch.matmul(inner, torch.transpose(value, 1, 2))
    scores = torch._softmax_backward_data(scores, attention, 2, ops.prim.dtype(scores))
    values = torch.matmul(torch.transpose(attention, 1, 2), inner)
    keys = torch.matmul(torch.transpose(scores, 1, 2), query)
    queries = torch.matmul(scores, key) * torch.pow(torch.size(gradient, 1), -0.5)
    inner = (self).images(torch.cat([queries, keys, values], 2), gradient, )
    inner = (self).convolve_backward(inner, bent, weights[at + 2], gradients, at + 2, True, )
    inner, scales, shifts = (self).whiten_backward(inner, white, inverse, weights[at], )
    gradients[at] = torch.sum(scales, [0], False)
    gradients[at + 1] = torch.sum(shifts, [0], False)
    return torch.add_(inner, gradient)
  def tokens(self: __torch__.Unet, x: Tensor) -> Tensor:
    # Pixels as rows: (n, pixels, channels).
    return torch.transpose(torch.flatten(x, 2, 3), 1, 2)
  def images(self: __torch__.Unet, rows: Tensor, like: Tensor) -> Tensor:
    return torch.view(torch.transpose(rows, 1, 2), [torch.size(rows, 0), torch.size(rows, 2), torch.size(like, 2), torch.size(like, 3)])
  def numbers(self: __torch__.Unet, plan: Tensor) -> List[int]:
    out = annotate(List[int], [])
    for i in range(torch.size(plan, 0)):
      _0 = torch.append(out, int(torch.item(torch.select(plan, 0, i))))
    return out
  def outputs(self: __torch__.Unet, x: Tensor, sinusoids: Tensor, classes: Tensor, plan: Tensor, settings: Tensor, weights: List[Tensor]) -> List[Tensor]:
    return (self).run(x, sinusoids, classes, plan, settings, weights, True, )
  def run(self: __torch__.Unet, x: Tensor, sinusoids: Tensor, classes: Tensor, plan: Tensor, settings: Tensor, weights: List[Tensor], training: bool) -> List[Tensor]:
    # The mean of the proposal in float32, followed by everything the gradient needs. Settings are
    # the code of the dtype and the rate of dropout; classes is one-hot, or a single number where there are none.
    like = torch.to(x, int(torch.item(torch.select(settings, 0, 0))))
    rate = float(torch.item(torch.select(settings, 0, 1)))
    first = torch.linear(sinusoids, weights[2], weights[3])
    bent = torch.silu(first)
    embedding = torch.linear(bent, weights[4], weights[5])
    at = 6
    if torch.dim(classes) == 2:
      embedding = embedding + torch.linear(classes, weights[6], weights[7])
      at = 8
    level = torch.silu(embedding)
    saved = [first, bent, embedding, level, like]
    skipped = annotate(List[Tensor], [])
    features = (self).convolve(like, weights[0], weights[1], )
    for code in (self).numbers(plan, ):
      if code == 0:
        _0 = torch.append(skipped, features)
      elif code < 0:
        features = torch.cat([features, torch.pop(skipped)], 1)
      elif code == 1:
        features = (self).attend(features, weights, at, saved, )
        at = at + 6
      else:
        features = (self).block(features, code, level, rate, weights, at, saved, )
        at = at + 10 + (code - 2) % 2 * 2
      if training:
        pass
      else:
        torch.clear(saved)
    white, inverse = (self).whiten(features, )
    last = (self).affine(white, weights[at], weights[at + 1], )
    hidden = torch.silu(last)
    out = torch.add(torch.to((self).convolve(hidden, weights[at + 2], weights[at + 3], ), 6), x)
    for tensor in [white, inverse, last, hidden]:
      _1 = torch.append(saved, tensor)
    return [out] + saved
  def forward(self: __torch__.Unet, x: Tensor, sinusoids: Tensor, classes: Tensor, plan: Tensor, settings: Tensor, weights: List[Tensor]) -> Tensor:
    return (self).run(x, sinusoids, classes, plan, settings, weights, False, )[0]
  def gradients(self: __torch__.Unet, gradient: Tensor, sinusoids: Tensor, classes: Tensor, plan: Tensor, weights: List[Tensor], kept: List[Tensor]) -> List[Tensor]:
    # The gradients of all weights, in float32, from that of the mean.
    saved = torch.slice(kept, 1, None, 1)
    like = saved[4]
    level = saved[3]
    gradients = torch.slice(weights, 0, None, 1)
    hidden = torch.pop(saved)
    last = torch.pop(saved)
    inverse = torch.pop(saved)
    white = torch.pop(saved)
    at = torch.len(weights) - 4
    inner = torch.contiguous(torch.to(gradient, like), memory_format=2)
    inner = torch.silu_backward((self).convolve_backward(inner, hidden, weights[at + 2], gradients, at + 2, True, ), last)
    inner, scales, shifts = (self).whiten_backward(inner, white, inverse, weights[at], )
    gradients[at] = torch.sum(scales, [0], False)
    gradients[at + 1] = torch.sum(shifts, [0], False)
    levels = torch.zeros_like(level)
    later = annotate(List[Tensor], [])
    codes = (self).numbers(plan, )
    for i in range(torch.len(codes)):
      code = codes[torch.len(codes) - 1 - i]
      if code == 0:
        inner = inner + torch.pop(later)
      elif code < 0:
        _0 = torch.append(later, torch.contiguous(torch.slice(inner, 1, torch.neg(code), None), memory_format=2))
        inner = torch.contiguous(torch.slice(inner, 1, 0, torch.neg(code)), memory_format=2)
      elif code == 1:
        at = at - 6
        inner = (self).attend_backward(inner, weights, at, saved, gradients, )
      else:
        at = at - 10 - (code - 2) % 2 * 2
        inner, more = (self).block_backward(inner, code, level, weights, at, saved, gradients, )
        levels = levels + more
    _1 = (self).convolve_backward(inner, like, weights[0], gradients, 0, False, )
    first, bent, embedding = saved[0], saved[1], saved[2]
    outer = torch.silu_backward(levels, embedding)
    if torch.dim(classes) == 2:
      gradients[6] = torch.matmul(torch.t(outer), classes)
      gradients[7] = torch.sum(outer, [0], False)
    gradients[4] = torch.matmul(torch.t(outer), bent)
    gradients[5] = torch.sum(outer, [0], False)
    outer = torch.silu_backward(torch.matmul(outer, weights[4]), first)
    gradients[2] = torch.matmul(torch.t(outer), sinusoids)
    gradients[3] = torch.sum(outer, [0], False)
    return gradients
