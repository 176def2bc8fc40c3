class Peak(Module):
  __parameters__ = []
  __buffers__ = []
  def multiply(self: __torch__.Peak, matrix: Tensor, settings: Tensor) -> Tensor:
    # Multiplies the matrix by itself, as often and in the dtype that settings say.
    x = torch.to(matrix, int(torch.item(torch.select(settings, 0, 1))))
    out = x
    for i in range(int(torch.item(torch.select(settings, 0, 0)))):
      out = torch.matmul(x, x)
    return torch.to(torch.select(torch.select(out, 0, 0), 0, 0), 6)
  def forward(self: __torch__.Peak, x: Tensor) -> Tensor:
    return x
