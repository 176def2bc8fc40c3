class Adam(Module):
  __parameters__ = []
  __buffers__ = []
  def step(self: __torch__.Adam, settings: Tensor, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor]) -> Tensor:
    # One step in place; the norm of the gradient before clipping. Settings are the decays of both
    # moments, their bias corrections, epsilon, the rate, and the largest norm.
    beta1 = float(torch.item(torch.select(settings, 0, 0)))
    beta2 = float(torch.item(torch.select(settings, 0, 1)))
    correction1 = float(torch.item(torch.select(settings, 0, 2)))
    correction2 = float(torch.item(torch.select(settings, 0, 3)))
    epsilon = float(torch.item(torch.select(settings, 0, 4)))
    rate = float(torch.item(torch.select(settings, 0, 5)))
    clip = float(torch.item(torch.select(settings, 0, 6)))
    norm = (self).norm(settings, gradients, )
    # As everywhere, a tiny number keeps the quotient finite.
    factor = ops.prim.min(1., clip / (float(torch.item(norm)) + 9.9999999999999995e-07))
    root = torch.sqrt(correction2)
    for j in range(torch.len(gradients)):
      gradient = torch.mul(gradients[j], factor)
      _0 = torch.addcmul_(torch.mul_(second[j], beta2), gradient, gradient, value=1 - beta2)
      _1 = torch.add_(torch.mul_(first[j], beta1), gradient, alpha=1 - beta1)
      denominator = torch.add_(torch.div_(torch.sqrt(second[j]), root), epsilon)
      _2 = torch.addcdiv_(weights[j], first[j], denominator, value=-rate / correction1)
    return norm
  def norm(self: __torch__.Adam, any: Tensor, gradients: List[Tensor]) -> Tensor:
    # That of all gradients together, in double precision but for the norm of each.
    norms = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(norms, torch.norm(gradients[i], 2))
    return torch.norm(torch.to(torch.stack(norms), 7), 2)
  def average(self: __torch__.Adam, share: Tensor, weights: List[Tensor], averages: List[Tensor]) -> Tensor:
    # Moves averages towards the weights by a share of the difference, in place.
    by = float(torch.item(share))
    for i in range(torch.len(weights)):
      _0 = torch.add_(torch.mul_(averages[i], 1 - by), weights[i], alpha=by)
    return share
  def forward(self: __torch__.Adam, x: Tensor) -> Tensor:
    return x
