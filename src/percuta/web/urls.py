"""Every address of the pages. Each has a row in the access matrix of the tests."""

from django.contrib.auth import views as auth
from django.urls import path

from percuta.web import (
    devices,
    documents,
    door,
    landing,
    passwords,
    patients,
    people,
    sign,
    trail,
    versions,
)
from percuta.web.consults import concerns, describing, history, plan_form
from percuta.web.consults import pages as consults
from percuta.web.plans import beside, downloads
from percuta.web.plans import pages as plans

urlpatterns = [
    path("", landing.landing, name="landing"),
    path(
        "sign-in/",
        door.sign_in,
        name="sign_in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path("patients/", patients.patients, name="patients"),
    path("patients/new/", patients.new_patient, name="new_patient"),
    path("patients/<uuid:patient_id>/", patients.patient, name="patient"),
    path("patients/<uuid:patient_id>/correct/", patients.correct_patient, name="correct_patient"),
    path("password/", passwords.password, name="password"),
    path(
        "patients/<uuid:patient_id>/consultations/",
        consults.begin_consultation,
        name="begin_consultation",
    ),
    path("consultations/<uuid:consultation_id>/", consults.consultation, name="consultation"),
    path(
        "consultations/<uuid:consultation_id>/concerns/",
        concerns.state_concern,
        name="state_concern",
    ),
    path(
        "consultations/<uuid:consultation_id>/concerns/withdraw/",
        concerns.withdraw_concern,
        name="withdraw_concern",
    ),
    path("consultations/<uuid:consultation_id>/weight/", describing.weigh, name="weigh"),
    path(
        "consultations/<uuid:consultation_id>/skin-type/",
        describing.choose_skin_type,
        name="choose_skin_type",
    ),
    path(
        "consultations/<uuid:consultation_id>/skin-type/<slug:question>/",
        describing.answer_skin_question,
        name="answer_skin_question",
    ),
    path("consultations/<uuid:consultation_id>/history/<slug:key>/", history.answer, name="answer"),
    path(
        "consultations/<uuid:consultation_id>/nothing-changed/",
        history.nothing_changed,
        name="nothing_changed",
    ),
    path(
        "consultations/<uuid:consultation_id>/none-of-these/",
        history.none_of_these,
        name="none_of_these",
    ),
    path("consultations/<uuid:consultation_id>/plan/", plan_form.new_plan, name="new_plan"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/versions/<int:number>/", plans.plan_version, name="plan_version"),
    path(
        "plans/<uuid:plan_id>/versions/<int:number>/forecast/",
        plans.forecast,
        name="plan_forecast",
    ),
    path("plans/<uuid:plan_id>/sign/", sign.sign, name="sign"),
    path("plans/<uuid:plan_id>/amend/", versions.amend, name="amend"),
    path("plans/<uuid:plan_id>/document.pdf", documents.document, name="document"),
    path(
        "plans/<uuid:plan_id>/versions/<int:number>/document.pdf",
        documents.document,
        name="version_document",
    ),
    path("plans/<uuid:plan_id>/compare/", beside.compare, name="compare"),
    path("plans/<uuid:plan_id>/case.toml", downloads.case, name="case"),
    path("plans/<uuid:plan_id>/plan.json", downloads.document, name="plan_json"),
    path(
        "plans/<uuid:plan_id>/versions/<int:number>/case.toml", downloads.case, name="version_case"
    ),
    path(
        "plans/<uuid:plan_id>/versions/<int:number>/plan.json",
        downloads.document,
        name="version_json",
    ),
    path("devices/", devices.devices, name="devices"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/password/", passwords.reset_password, name="reset_password"),
    path("trail/", trail.trail, name="trail"),
]
