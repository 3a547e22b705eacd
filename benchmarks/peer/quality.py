"""The peer of the quality suite: scikit-learn's perceptron and a linear model. Each line on the input asks for one training of both."""
import json
import sys
import warnings

import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

print(sklearn.__version__, flush=True)
warnings.simplefilter("ignore")


def train(regression, x, y, test, seed):
    if regression:
        y = [float(label) for label in y]
        models = {"mlp": MLPRegressor(max_iter=1000, random_state=seed), "linear": Ridge()}
    else:
        models = {"mlp": MLPClassifier(max_iter=1000, random_state=seed), "linear": LogisticRegression(max_iter=1000)}
    return {name: make_pipeline(StandardScaler(), model).fit(x, y).predict(test).tolist() for name, model in models.items()}


for line in sys.stdin:
    print(json.dumps(train(**json.loads(line))), flush=True)
