namespace MLNet.GradStability;

/// <summary>A layer whose effective weight is a function of its parameters; initialisers fill the parameter named <c>weight</c>.</summary>
internal interface IReparameterized
{
    /// <summary>Makes the other parameters and buffers fit the weight that was filled in. Called under <c>no_grad</c>.</summary>
    void Settle();
}
