"""Methods that the official SDK declares for apps and only refuses: each says what to use."""

from typing import Any

from .errors import Unavailable


class AppRefusals:
    """Refuses; nothing is sent."""

    async def run_dtl(self, workspace_id: int, dtl_graph: Any, agent_id: int | None = None) -> None:
        """Refuse: data transformation is an app."""
        raise Unavailable(method="app.run_dtl", instead="start the app that transforms data with api.app.start")

    async def run_train(
        self, agent_id: int, input_project_id: int, input_model_id: int, result_nn_name: str, train_config: Any = None
    ) -> None:
        """Refuse: training is an app."""
        raise Unavailable(method="app.run_train", instead="start a training app with api.app.start")

    async def run_inference(
        self,
        agent_id: int,
        input_project_id: int,
        input_model_id: int,
        result_project_name: str,
        inference_config: Any = None,
    ) -> None:
        """Refuse: inference is an app."""
        raise Unavailable(method="app.run_inference", instead="start an app that applies models with api.app.start")

    async def get_training_metrics(self, task_id: int) -> None:
        """Refuse: training apps show their metrics themselves."""
        raise Unavailable(method="app.get_training_metrics", instead="read the app's fields with api.task.get_fields")

    async def deploy_model(self, agent_id: int, model_id: int) -> None:
        """Refuse: serving is an app."""
        raise Unavailable(method="app.deploy_model", instead="start a serving app with api.app.start")

    async def get_import_files_list(self, id: int) -> None:
        """Refuse: import apps read Team Files."""
        raise Unavailable(method="app.get_import_files_list", instead="list Team Files with the official client")

    async def download_import_file(self, id: int, file_path: str, save_path: str) -> None:
        """Refuse: import apps read Team Files."""
        raise Unavailable(
            method="app.download_import_file", instead="download from Team Files with the official client"
        )

    async def create_task_detached(self, workspace_id: int, task_type: str | None = None) -> None:
        """Refuse: tasks are started."""
        raise Unavailable(method="app.create_task_detached", instead="start an app with api.app.start")

    async def upload_files(self, task_id: int, abs_paths: Any, names: Any, progress_cb: Any = None) -> None:
        """Refuse: files belong to a task."""
        raise Unavailable(method="app.upload_files", instead="use api.task.upload_files")
