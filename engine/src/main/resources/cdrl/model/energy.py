class Energy(Module):
  __parameters__ = []
  __buffers__ = []
  # An energy network, for images or points, around its gradient in y: spectral normalization, what
  # depends on the noise level, and the gradient of the loss in all weights, written out.
  # Matrices and biases come in this order: two of the embedding, the classes' where there are some,
  # the stem, and for each block first, second, embedding, and a shortcut where the width changes.
  # The plan has a number for each block: 1 with a shortcut, plus 2 to halve the resolution before.
  def power_iteration(self: __torch__.Energy, anything: Tensor, matrices: List[Tensor], lefts: List[Tensor], rights: List[Tensor]) -> Tensor:
    # v = W'u / |W'u|, then u = Wv / |Wv|, in place.
    for i in range(torch.len(matrices)):
      matrix = torch.flatten(matrices[i], 1, -1)
      _0 = torch.copy_(rights[i], (self).unit(torch.mv(torch.t(matrix), lefts[i]), ))
      _1 = torch.copy_(lefts[i], (self).unit(torch.mv(matrix, rights[i]), ))
    return anything
  def unit(self: __torch__.Energy, vector: Tensor) -> Tensor:
    return vector / torch.clamp_min(torch.norm(vector, 2), 9.9999999999999998e-13)
  def norms(self: __torch__.Energy, matrices: List[Tensor], lefts: List[Tensor], rights: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(matrices)):
      _0 = torch.append(out, torch.dot(torch.mv(torch.flatten(matrices[i], 1, -1), rights[i]), lefts[i]))
    return out
  def quotients(self: __torch__.Energy, matrices: List[Tensor], norms: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(matrices)):
      _0 = torch.append(out, matrices[i] / norms[i])
    return out
  def embed(self: __torch__.Energy, sinusoids: Tensor, classes: Tensor, normal: List[Tensor], biases: List[Tensor]) -> List[Tensor]:
    # All stages of the embedding; the last one is what blocks use.
    first = torch.linear(sinusoids, normal[0], biases[0])
    bent = torch.leaky_relu(first, 0.2)
    embedding = torch.linear(bent, normal[1], biases[1])
    if torch.dim(classes) == 2:
      embedding = embedding + torch.linear(classes, normal[2], biases[2])
    return [first, bent, embedding, torch.leaky_relu(embedding, 0.2)]
  def stem(self: __torch__.Energy, classes: Tensor) -> int:
    # Where the stem stands among the matrices.
    at = 2
    if torch.dim(classes) == 2:
      at = 3
    return at
  def outputs(self: __torch__.Energy, values: Tensor, like: Tensor) -> Tensor:
    # One value per output of a layer, shaped to be multiplied with its weight.
    shape = [-1, 1]
    if torch.dim(like) == 4:
      shape = [-1, 1, 1, 1]
    return torch.view(torch.flatten(values), shape)
  def features(self: __torch__.Energy, values: Tensor, like: Tensor) -> Tensor:
    # Values per item and channel, shaped to meet features.
    out = values
    if torch.dim(like) == 4:
      out = torch.view(values, [torch.size(values, 0), torch.size(values, 1), 1, 1])
    return out
  def shift(self: __torch__.Energy, level: Tensor, at: int, normal: List[Tensor], biases: List[Tensor]) -> Tensor:
    bent = torch.leaky_relu(torch.linear(level, normal[at + 2], biases[at + 2]), 0.2)
    return (self).features(bent + biases[at], normal[at], )
  def layers(self: __torch__.Energy, plan: List[int], at: int, normal: List[Tensor], gains: List[Tensor]) -> List[Tensor]:
    # The weights that y passes: stem; first, second times gain, shortcut.
    out = [normal[at]]
    at = at + 1
    for i in range(torch.len(plan)):
      _0 = torch.append(out, normal[at])
      _1 = torch.append(out, normal[at + 1] * (self).outputs(gains[i], normal[at + 1], ))
      if plan[i] % 2 == 1:
        _2 = torch.append(out, normal[at + 3])
      at = at + 3 + plan[i] % 2
    return out
  def offsets(self: __torch__.Energy, plan: List[int], at: int, biases: List[Tensor], gains: List[Tensor]) -> List[Tensor]:
    # The biases that belong to them, but for the first ones, which shifts have.
    out = [biases[at]]
    at = at + 1
    for i in range(torch.len(plan)):
      _0 = torch.append(out, biases[at + 1] * torch.flatten(gains[i]))
      if plan[i] % 2 == 1:
        _1 = torch.append(out, biases[at + 3])
      at = at + 3 + plan[i] % 2
    return out
  def shifts(self: __torch__.Energy, plan: List[int], at: int, level: Tensor, normal: List[Tensor], biases: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    at = at + 1
    for code in plan:
      _0 = torch.append(out, (self).shift(level, at, normal, biases, ))
      at = at + 3 + code % 2
    return out
  def direction(self: __torch__.Energy, level: Tensor, head: Tensor, images: bool) -> Tensor:
    out = head
    if images:
      out = torch.linear(level, head, None)
    return out
  def numbers(self: __torch__.Energy, plan: Tensor) -> List[int]:
    out = annotate(List[int], [])
    for i in range(torch.size(plan, 0)):
      _0 = torch.append(out, int(torch.item(torch.select(plan, 0, i))))
    return out
  def frozen(self: __torch__.Energy, sinusoids: Tensor, classes: Tensor, plan: Tensor, head: Tensor, matrices: List[Tensor], biases: List[Tensor], gains: List[Tensor], lefts: List[Tensor], rights: List[Tensor]) -> List[Tensor]:
    # All layers, all offsets, all shifts, and the direction.
    codes = (self).numbers(plan, )
    at = (self).stem(classes, )
    normal = (self).quotients(matrices, (self).norms(matrices, lefts, rights, ), )
    level = (self).embed(sinusoids, classes, normal, biases, )[3]
    images = torch.dim(normal[at]) == 4
    out = (self).layers(codes, at, normal, gains, ) + (self).offsets(codes, at, biases, gains, )
    out = out + (self).shifts(codes, at, level, normal, biases, )
    return out + [(self).direction(level, head, images, )]
  def apply(self: __torch__.Energy, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    if torch.dim(weight) == 4:
      out = torch.conv2d(x, weight, bias, [1, 1], [1, 1])
    else:
      out = torch.linear(x, weight, bias)
    return out
  def backward(self: __torch__.Energy, gradient: Tensor, x: Tensor, weight: Tensor, inputs: bool, bias: bool) -> Tuple[Tensor, Tensor, Tensor]:
    # The gradients of input, if wanted, weight, and bias, if wanted.
    if torch.dim(weight) == 4:
      out, weights, biases = torch.convolution_backward(gradient, x, weight, [torch.size(weight, 0)], [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [inputs, True, bias])
    else:
      out = gradient
      if inputs:
        out = torch.matmul(gradient, weight)
      weights = torch.matmul(torch.t(gradient), x)
      biases = gradient
      if bias:
        biases = torch.sum(gradient, [0], False)
    return (out, weights, biases)
  def pixels(self: __torch__.Energy, x: Tensor) -> Tensor:
    # The sum over pixels, per item and channel.
    out = x
    if torch.dim(x) == 4:
      out = torch.sum(x, [2, 3], False)
    return out
  def phase(self: __torch__.Energy, y: Tensor, coefficients: Tensor, plan: List[int], layers: List[Tensor], offsets: List[Tensor], shifts: List[Tensor], direction: Tensor) -> List[Tensor]:
    # F of each item, and the gradients of sum(coefficients * F) in direction, layers, offsets and
    # shifts.
    fulls = annotate(List[Tensor], [])
    inputs = annotate(List[Tensor], [])
    bents = annotate(List[Tensor], [])
    hiddens = annotate(List[Tensor], [])
    layer = 1
    offset = 1
    x = (self).apply(y, layers[0], offsets[0], )
    for i in range(torch.len(plan)):
      if plan[i] >= 2:
        _4 = torch.append(fulls, x)
        x = torch.avg_pool2d(x, [2, 2], [2, 2])
      bent = torch.leaky_relu(x, 0.2)
      hidden = torch.add_((self).apply(bent, layers[layer], None, ), shifts[i])
      hidden = torch.leaky_relu_(hidden, 0.2)
      _0 = torch.append(inputs, x)
      _1 = torch.append(bents, bent)
      _2 = torch.append(hiddens, hidden)
      out = (self).apply(hidden, layers[layer + 1], offsets[offset], )
      if plan[i] % 2 == 1:
        out = torch.add_(out, (self).apply(x, layers[layer + 2], offsets[offset + 1], ))
      else:
        out = torch.add_(out, x)
      x = out
      layer = layer + 2 + plan[i] % 2
      offset = offset + 1 + plan[i] % 2
    pooled = (self).pixels(torch.relu(x), )
    energies = torch.sum(pooled * direction, [1], False)
    each = torch.view(coefficients, [-1, 1])
    directions = pooled * each
    layerGradients = torch.slice(layers, 0, None, 1)
    offsetGradients = torch.slice(offsets, 0, None, 1)
    shiftGradients = torch.slice(shifts, 0, None, 1)
    gradient = torch.mul(torch.gt(x, 0), (self).features(each * direction, x, ))
    for back in range(torch.len(plan)):
      i0 = torch.len(plan) - 1 - back
      layer = layer - 2 - plan[i0] % 2
      offset = offset - 1 - plan[i0] % 2
      inner, weights, biases = (self).backward(gradient, hiddens[i0], layers[layer + 1], True, True, )
      layerGradients[layer + 1] = weights
      offsetGradients[offset] = biases
      inner = torch.leaky_relu_backward(inner, hiddens[i0], 0.2, True)
      shiftGradients[i0] = (self).pixels(inner, )
      inner, weights, biases = (self).backward(inner, bents[i0], layers[layer], True, False, )
      layerGradients[layer] = weights
      inner = torch.leaky_relu_backward(inner, inputs[i0], 0.2, False)
      if plan[i0] % 2 == 1:
        straight, weights, biases = (self).backward(gradient, inputs[i0], layers[layer + 2], True, True, )
        layerGradients[layer + 2] = weights
        offsetGradients[offset + 1] = biases
        gradient = torch.add_(inner, straight)
      else:
        gradient = torch.add_(inner, gradient)
      if plan[i0] >= 2:
        gradient = torch.avg_pool2d_backward(gradient, torch.pop(fulls), [2, 2], [2, 2], [0, 0], False, True, None)
    _3, weights, biases = (self).backward(gradient, y, layers[0], False, True, )
    layerGradients[0] = weights
    offsetGradients[0] = biases
    return [energies, directions] + layerGradients + offsetGradients + shiftGradients
  def contrast(self: __torch__.Energy, positive: Tensor, negative: Tensor, weights: Tensor, sinusoids: Tensor, classes: Tensor, plan: Tensor, head: Tensor, matrices: List[Tensor], biases: List[Tensor], gains: List[Tensor], lefts: List[Tensor], rights: List[Tensor]) -> List[Tensor]:
    # F of both phases and the gradients of sum(weights * (F(negative) - F(positive))) in matrices,
    # biases, gains and head. Each phase passes by itself: where both cancel, nothing is left.
    codes = (self).numbers(plan, )
    at = (self).stem(classes, )
    norms = (self).norms(matrices, lefts, rights, )
    normal = (self).quotients(matrices, norms, )
    stages = (self).embed(sinusoids, classes, normal, biases, )
    level = stages[3]
    layers = (self).layers(codes, at, normal, gains, )
    offsets = (self).offsets(codes, at, biases, gains, )
    shifts = (self).shifts(codes, at, level, normal, biases, )
    images = torch.dim(positive) == 4
    direction = (self).direction(level, head, images, )
    one = (self).phase(positive, torch.neg(weights), codes, layers, offsets, shifts, direction, )
    two = (self).phase(negative, weights, codes, layers, offsets, shifts, direction, )
    sums = annotate(List[Tensor], [])
    for i in range(1, torch.len(one)):
      _0 = torch.append(sums, one[i] + two[i])
    # From what y passes back to the weights.
    normalGradients = torch.slice(normal, 0, None, 1)
    biasGradients = torch.slice(biases, 0, None, 1)
    gainGradients = torch.slice(gains, 0, None, 1)
    if images:
      headGradient = torch.matmul(torch.t(sums[0]), level)
      levels = torch.matmul(sums[0], head)
    else:
      headGradient = torch.sum(sums[0], [0], True)
      levels = torch.zeros_like(level)
    layer = 1
    offset = 1 + torch.len(layers)
    shift = 1 + torch.len(layers) + torch.len(offsets)
    normalGradients[at] = sums[layer]
    biasGradients[at] = sums[offset]
    layer = layer + 1
    offset = offset + 1
    at = at + 1
    for k in range(torch.len(codes)):
      moved = sums[shift + k]
      biasGradients[at] = torch.sum(moved, [0], False)
      moved = torch.leaky_relu_backward(moved, torch.linear(level, normal[at + 2], biases[at + 2]), 0.2, False)
      normalGradients[at + 2] = torch.matmul(torch.t(moved), level)
      biasGradients[at + 2] = torch.sum(moved, [0], False)
      levels = levels + torch.matmul(moved, normal[at + 2])
      normalGradients[at] = sums[layer]
      gain = torch.flatten(gains[k])
      normalGradients[at + 1] = sums[layer + 1] * (self).outputs(gain, normal[at + 1], )
      biasGradients[at + 1] = sums[offset] * gain
      share = torch.sum(torch.flatten(sums[layer + 1] * normal[at + 1], 1, -1), [1], False)
      gainGradients[k] = torch.view_as(share + sums[offset] * biases[at + 1], gains[k])
      if codes[k] % 2 == 1:
        normalGradients[at + 3] = sums[layer + 2]
        biasGradients[at + 3] = sums[offset + 1]
      layer = layer + 2 + codes[k] % 2
      offset = offset + 1 + codes[k] % 2
      at = at + 3 + codes[k] % 2
    outer = torch.leaky_relu_backward(levels, stages[2], 0.2, False)
    if torch.dim(classes) == 2:
      normalGradients[2] = torch.matmul(torch.t(outer), classes)
      biasGradients[2] = torch.sum(outer, [0], False)
    normalGradients[1] = torch.matmul(torch.t(outer), stages[1])
    biasGradients[1] = torch.sum(outer, [0], False)
    outer = torch.leaky_relu_backward(torch.matmul(outer, normal[1]), stages[0], 0.2, False)
    normalGradients[0] = torch.matmul(torch.t(outer), sinusoids)
    biasGradients[0] = torch.sum(outer, [0], False)
    # Through W / (u'Wv).
    for j in range(torch.len(matrices)):
      flat = torch.flatten(normalGradients[j], 1, -1)
      overlap = torch.sum(flat * torch.flatten(normal[j], 1, -1))
      flat = torch.sub(flat, torch.ger(lefts[j] * overlap, rights[j])) / norms[j]
      normalGradients[j] = torch.view_as(flat, matrices[j])
    return [one[0], two[0]] + normalGradients + biasGradients + gainGradients + [headGradient]
  def forward(self: __torch__.Energy, x: Tensor) -> Tensor:
    return x
