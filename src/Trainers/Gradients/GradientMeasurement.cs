namespace MLNet.GradStability;

/// <summary>The size of the gradients at one step, as <see cref="GradientTransform.Measure"/> reports it.</summary>
/// <param name="Step">The number of the update, from 0.</param>
/// <param name="Norm">‖g‖₂ over all measured parameters.</param>
/// <param name="Parameters">‖g‖₂ of each of them, in the order of the network's storage.</param>
public sealed record GradientMeasurement(long Step, double Norm, IReadOnlyList<ParameterNorm> Parameters);

/// <summary>The size of one parameter's gradient.</summary>
/// <param name="Name">The parameter's name, such as <c>hidden0.weight</c>.</param>
/// <param name="Norm">‖g‖₂.</param>
public readonly record struct ParameterNorm(string Name, double Norm);
