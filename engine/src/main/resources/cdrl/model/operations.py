class Operations(Module):
  __parameters__ = []
  __buffers__ = []
  def group_norm(self: __torch__.Operations, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.group_norm(x, 32, weight, bias, 9.9999999999999995e-07)
  def group_norm_silu(self: __torch__.Operations, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.silu(torch.group_norm(x, 32, weight, bias, 9.9999999999999995e-07))
  def silu(self: __torch__.Operations, x: Tensor) -> Tensor:
    return torch.silu(x)
  def repeat(self: __torch__.Operations, x: Tensor) -> Tensor:
    return torch.upsample_nearest2d(x, [torch.mul(torch.size(x, 2), 2), torch.mul(torch.size(x, 3), 2)], None, None)
  def forward(self: __torch__.Operations, x: Tensor) -> Tensor:
    return x
