using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Normal random numbers, in place.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace("normal_", this, mean, std, generator);

        /// <summary>Uniform random numbers, in place.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace("uniform_", this, from, to, generator);

        /// <summary>Exponential random numbers, in place.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => InPlace("exponential_", this, lambda, generator);

        /// <summary>Uniform whole numbers, in place.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            InPlace("random_.from", this, (long)from, (long)to, generator);

        /// <summary>One with each element's probability.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.Call("bernoulli", this, generator);

        /// <summary>One with a probability, in place.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace("bernoulli_.float", this, p, generator);

        /// <summary>One with a probability, in place.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => InPlace("bernoulli_.Tensor", this, p, generator);

        /// <summary>Places drawn with the elements as weights.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Call("multinomial", this, num_samples, replacement, generator);
    }
}
