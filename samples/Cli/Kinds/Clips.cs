using MLNet.GradStability;

namespace Samples.Cli;

internal static class Clips
{
    public static readonly KindTable<GradientTransform> Table = new("clips", "--clip",
    [
        new("global-norm", "max=1", "all gradients together scaled down to a norm", a => GradientTransform.ClipByGlobalNorm(a.Number("max"))),
        new("norm", "max", "each parameter's gradient scaled down to a norm", a => GradientTransform.ClipByNorm(a.Number("max"))),
        new("value", "min,max", "each number cut to an interval", a => GradientTransform.ClipByValue(a.Number("min"), a.Number("max"))),
        new("agc", "lambda=0.01", "each unit's gradient limited by the size of its weights", a => GradientTransform.Adaptive(a.Number("lambda"))),
        new("autoclip", "percentile=10", "the norm clipped at a percentile of its history", a => GradientTransform.AutoClip(a.Number("percentile"))),
        new("zclip", "z=2.5,alpha=0.97,warmup=25", "norms clipped that stand out from their moving mean", a => GradientTransform.ZClip(a.Number("z"), a.Number("alpha"), a.Integer("warmup"))),
        new("adagc", "lambda=1.05,beta=0.98,warmup=100", "each parameter's norm limited by its own moving average", a => GradientTransform.AdaGc(a.Number("lambda"), a.Number("beta"), a.Integer("warmup"))),
        new("spam", "theta=5000,beta=0.999", "single numbers limited by their own mean square", a => GradientTransform.SpamClip(a.Number("theta"), a.Number("beta"))),
        new("centralise", "", "the mean taken out of each unit's gradient", _ => GradientTransform.Centralise()),
        new("noise", "eta,decay=0.55", "normal noise added that fades", a => GradientTransform.Noise(a.Number("eta"), a.Number("decay"))),
    ])
    {
        NoneMeaning = "no clipping",
        OfNumber = max => GradientTransform.ClipByGlobalNorm(max),
        NumberMeaning = "global-norm at this number; the default is 1",
        Join = (first, next) => first.Then(next),
        Narrow = (clip, pattern) => clip.Where(pattern),
    };
}
