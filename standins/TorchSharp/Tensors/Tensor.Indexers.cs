using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Part of the tensor.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Part of the tensor, picked by places or masks.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>A slice along the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, i1);
        }

        /// <summary>A slice along the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        /// <summary>A slice along the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        /// <summary>A slice along the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        /// <summary>Part of the tensor.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, lists) = View(indices);
            if (lists is null)
                return view;
            using (view)
                return Aten.Call("index.Tensor", view, Arg.Optional(lists));
        }

        /// <summary>Part of the tensor, picked by places or masks.</summary>
        public Tensor index(params Tensor[] indices) => Aten.Call("index.Tensor", this, Arg.Optional(indices));

        /// <summary>Puts values into a part of the tensor.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, lists) = View(indices);
            using (view)
            {
                if (lists is null)
                    view.copy_(value);
                else
                    Aten.Run("index_put_", view, Arg.Optional(lists), value);
            }
            return this;
        }

        /// <summary>Puts values into places, or where a mask holds.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => InPlace("index_put_", this, Arg.Optional(indices), value);

        /// <summary>Puts one value into a part of the tensor.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = FromScalar(value).to_type(dtype, disposeAfter: true);
            return index_put_(number, indices);
        }

        /// <summary>The view that ranges and single places give, and what is left to pick by tensors.</summary>
        private (Tensor View, Tensor?[]? Lists) View(TensorIndex[] indices)
        {
            var view = alias();
            List<Tensor?>? lists = null;
            long dimension = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        Step(view.select(dimension, index.start ?? 0));
                        continue;
                    case TensorIndex.Kind.Slice:
                        Step(Aten.Call("slice.Tensor", view, dimension, index.start, index.stop, index.step ?? 1));
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        Step(view.unsqueeze(dimension));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dimension = view.ndim - indices.Skip(i + 1).Sum(Consumed);
                        continue;
                    case TensorIndex.Kind.Bool:
                        Step(view.unsqueeze(dimension));
                        Pick(index.start != 0 ? torch.zeros(1, dtype: ScalarType.Int64) : torch.empty(0, dtype: ScalarType.Int64));
                        break;
                    default:
                        Pick(index.tensor!);
                        dimension += Consumed(index) - 1;
                        break;
                }
                dimension++;
            }
            return (view, lists?.ToArray());

            static long Consumed(TensorIndex index) => index.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor => index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.ndim : 1,
                _ => 0,
            };

            void Step(Tensor next)
            {
                view.Dispose();
                view = next;
            }

            void Pick(Tensor places)
            {
                lists ??= [];
                while (lists.Count < dimension)
                    lists.Add(null);
                lists.Add(places);
            }
        }
    }
}
