class Langevin(Module):
  __parameters__ = []
  __buffers__ = []
  def adjoint(self: __torch__.Langevin, weight: Tensor) -> Tensor:
    # The convolution that carries gradients from the outputs of a convolution to its inputs.
    return torch.contiguous(torch.transpose(torch.flip(weight, [2, 3]), 0, 1), memory_format=2)
  def copied(self: __torch__.Langevin, x: Tensor, copies: int) -> Tensor:
    out = x
    if torch.gt(copies, 1):
      out = torch.contiguous(torch.repeat(x, [copies, 1, 1, 1]), memory_format=2)
    return out
  def summed(self: __torch__.Langevin, x: Tensor, copies: int) -> Tensor:
    # The sum over the copies of each item.
    items = torch.floordiv(torch.size(x, 0), copies)
    out = torch.narrow(x, 0, 0, items)
    for copy in range(1, copies):
      out = torch.add(out, torch.narrow(x, 0, torch.mul(copy, items), items))
    return out
  def image_gradient(self: __torch__.Langevin, y: Tensor, blocks: List[int], weights: List[Tensor], adjoints: List[Tensor], shifts: List[Tensor], direction: Tensor) -> Tensor:
    # The gradient of F: through the network, then back by the chain rule. Several energies of each
    # item go through the network as one batch. They differ from the first shift on, so what lies
    # before it is computed once, and their gradients are added as soon as they come back there.
    copies = 1
    if torch.gt(torch.size(direction, 0), torch.size(y, 0)):
      copies = torch.floordiv(torch.size(direction, 0), torch.size(y, 0))
    x = torch.conv2d(y, weights[0], weights[1], [1, 1], [1, 1])
    inputs = annotate(List[Tensor], [])
    hiddens = annotate(List[Tensor], [])
    heights = annotate(List[int], [])
    widths = annotate(List[int], [])
    starts = annotate(List[int], [])
    at = 2
    block = 0
    for level in range(torch.len(blocks)):
      if torch.gt(level, 0):
        _0 = torch.append(heights, torch.size(x, 2))
        _5 = torch.append(widths, torch.size(x, 3))
        x = torch.avg_pool2d(x, [2, 2], [2, 2])
      else:
        pass
      for i in range(blocks[level]):
        _1 = torch.append(inputs, x)
        _2 = torch.append(starts, at)
        hidden = torch.conv2d(torch.leaky_relu(x, 0.2), weights[at], None, [1, 1], [1, 1])
        parts = 1
        if torch.eq(block, 0):
          parts = copies
        hidden = (self).copied(hidden, parts, )
        hidden = torch.leaky_relu_(torch.add_(hidden, shifts[block]), 0.2)
        _3 = torch.append(hiddens, hidden)
        out = torch.conv2d(hidden, weights[torch.add(at, 1)], weights[torch.add(at, 2)], [1, 1], [1, 1])
        if torch.ne(torch.size(out, 1), torch.size(x, 1)):
          straight = torch.conv2d(x, weights[torch.add(at, 3)], weights[torch.add(at, 4)], [1, 1], [1, 1])
          at = torch.add(at, 5)
        else:
          straight = x
          at = torch.add(at, 3)
        x = torch.add_(out, (self).copied(straight, parts, ))
        block = torch.add(block, 1)
    gradient = torch.mul(torch.gt(x, 0), direction)
    for back in range(torch.len(blocks)):
      level0 = torch.sub(torch.sub(torch.len(blocks), 1), back)
      for i0 in range(blocks[level0]):
        block = torch.sub(block, 1)
        at0 = starts[block]
        inner = torch.conv2d(gradient, adjoints[torch.add(at0, 1)], None, [1, 1], [1, 1])
        inner = torch.leaky_relu_backward(inner, hiddens[block], 0.2, True)
        if torch.eq(block, 0):
          inner = (self).summed(inner, copies, )
          gradient = (self).summed(gradient, copies, )
        inner = torch.conv2d(inner, adjoints[at0], None, [1, 1], [1, 1])
        inner = torch.leaky_relu_backward(inner, inputs[block], 0.2, False)
        if torch.ne(torch.size(gradient, 1), torch.size(inner, 1)):
          gradient = torch.add_(inner, torch.conv2d(gradient, adjoints[torch.add(at0, 3)], None, [1, 1], [1, 1]))
        else:
          gradient = torch.add_(inner, gradient)
      if torch.gt(level0, 0):
        # The quarter that belongs to the mean of four pixels waits for the end.
        high = torch.size(gradient, 2) * 2
        wide = torch.size(gradient, 3) * 2
        gradient = torch.upsample_nearest2d(gradient, [high, wide], None, None)
        if heights[level0 - 1] > high or widths[level0 - 1] > wide:
          # A last row or column that pooling left out has no effect.
          gradient = torch.constant_pad_nd(gradient, [0, widths[level0 - 1] - wide, 0, heights[level0 - 1] - high], 0)
        else:
          pass
      else:
        pass
    gradient = torch.conv2d(gradient, adjoints[0], None, [1, 1], [1, 1])
    return torch.mul(gradient, torch.pow(0.25, torch.sub(torch.len(blocks), 1)))
  def point_gradient(self: __torch__.Langevin, y: Tensor, weights: List[Tensor], shifts: List[Tensor]) -> Tensor:
    x = torch.linear(y, weights[0], weights[1])
    inputs = annotate(List[Tensor], [])
    hiddens = annotate(List[Tensor], [])
    starts = annotate(List[int], [])
    at = 2
    for block in range(torch.len(shifts)):
      _0 = torch.append(inputs, x)
      _1 = torch.append(starts, at)
      hidden = torch.linear(torch.leaky_relu(x, 0.2), weights[at], None)
      hidden = torch.leaky_relu_(torch.add_(hidden, shifts[block]), 0.2)
      _2 = torch.append(hiddens, hidden)
      out = torch.linear(hidden, weights[torch.add(at, 1)], weights[torch.add(at, 2)])
      if torch.ne(torch.size(out, 1), torch.size(x, 1)):
        x = torch.add_(out, torch.linear(x, weights[torch.add(at, 3)], weights[torch.add(at, 4)]))
        at = torch.add(at, 5)
      else:
        x = torch.add_(out, x)
        at = torch.add(at, 3)
    gradient = torch.mul(torch.gt(x, 0), weights[at])
    for back in range(torch.len(shifts)):
      block0 = torch.sub(torch.sub(torch.len(shifts), 1), back)
      at0 = starts[block0]
      inner = torch.leaky_relu_backward(torch.matmul(gradient, weights[torch.add(at0, 1)]), hiddens[block0], 0.2, True)
      inner = torch.leaky_relu_backward(torch.matmul(inner, weights[at0]), inputs[block0], 0.2, False)
      if torch.ne(torch.size(gradient, 1), torch.size(inner, 1)):
        gradient = torch.add_(inner, torch.matmul(gradient, weights[torch.add(at0, 3)]))
      else:
        gradient = torch.add_(inner, gradient)
    return torch.matmul(gradient, weights[0])
  def prepare(self: __torch__.Langevin, precision: Tensor, weights: List[Tensor]) -> List[Tensor]:
    # What the steps of a chain use, once for all of them: the weights in the wanted format, then as
    # many that carry gradients back.
    dtype = int(torch.item(precision))
    ready = annotate(List[Tensor], [])
    adjoints = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      weight = torch.to(weights[i], dtype)
      if torch.eq(torch.dim(weight), 4):
        weight = torch.contiguous(weight, memory_format=2)
        _1 = torch.append(adjoints, (self).adjoint(weight, ))
      else:
        _2 = torch.append(adjoints, weight)
      _3 = torch.append(ready, weight)
    return ready + adjoints
  def forward(self: __torch__.Langevin, y: Tensor, pull: Tensor, keep: Tensor, drift: Tensor, noises: Tensor, blocks: Tensor, precision: Tensor, direction: Tensor, ready: List[Tensor], adjoints: List[Tensor], shifts: List[Tensor]) -> Tensor:
    # y <- keep * y + pull + drift * grad F(y) + noise, once for each entry of noises.
    dtype = int(torch.item(precision))
    levels = annotate(List[int], [])
    for level in range(torch.size(blocks, 0)):
      _0 = torch.append(levels, int(torch.item(torch.select(blocks, 0, level))))
    images = torch.eq(torch.dim(y), 4)
    moved = annotate(List[Tensor], [])
    for j in range(torch.len(shifts)):
      _4 = torch.append(moved, torch.to(shifts[j], dtype))
    toward = torch.to(direction, dtype)
    for step in range(torch.size(noises, 0)):
      x = torch.to(y, dtype)
      if images:
        gradient = (self).image_gradient(x, levels, ready, adjoints, moved, toward, )
      else:
        gradient = (self).point_gradient(x, ready, moved, )
      y = torch.add(torch.add(torch.mul(y, keep), pull), torch.mul(torch.to(gradient, 6), drift))
      y = torch.add_(y, torch.select(noises, 0, step))
    return y
